import { ACCOUNT, EXECUTION_ROLE, type ResourceRow, times } from "./smallest-requests";

const SERVICE_LINKED = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder`;
const selecting = (resourceSelection: object) => ({ resourceSelection });
const detail = (action: object, filter: object) => ({ policyDetails: [{ action, filter }] });
const region = (settings: object) => ({ distributions: [{ region: "us-east-1", ...settings }] });
const template = (index: number) => `lt-${String(index).padStart(17, "0")}`;
const fastLaunch = (launchTemplate: object) =>
  region({ fastLaunchConfigurations: [{ enabled: true, launchTemplate }] });
const tags = (count: number) => Object.fromEntries(times(count, (index) => [`key-${index}`, "a"]));

/** Infrastructure, distribution, lifecycle policies, documents and imports. */
export const configurationRows: Record<string, ResourceRow> = {
  "6 the recipes that a policy selects": {
    kind: "lifecycle-policy",
    valid: ["x.x.x", "1.x.x", "1.0.x"].map((semanticVersion) =>
      selecting({ recipes: [{ name: "base", semanticVersion }] }),
    ),
    invalid: ["1.x.8", "x.0.0", "x.x.1"].map((semanticVersion) =>
      selecting({ recipes: [{ name: "base", semanticVersion }] }),
    ),
  },
  "7 no x in a new component": {
    kind: "component",
    valid: [{ semanticVersion: "1.0.0" }],
    invalid: ["1.0.x", "x.x.x", "1.0"].map((semanticVersion) => ({ semanticVersion })),
  },
  "7 no x in a new workflow": {
    kind: "workflow",
    valid: [{ semanticVersion: "1.0.0" }],
    invalid: ["1.0.x", "x.x.x", "1.0"].map((semanticVersion) => ({ semanticVersion })),
  },
  "7 no x in an import": {
    kind: "import",
    valid: [{ semanticVersion: "1.0.0" }],
    invalid: ["1.0.x", "x.x.x"].map((semanticVersion) => ({ semanticVersion })),
  },
  "77 a subnet and its groups": {
    kind: "infrastructure-configuration",
    valid: [{ subnetId: "subnet-0123456789abcdef0", securityGroupIds: ["sg-0123456789abcdef0"] }],
    invalid: [
      { subnetId: "subnet-0123456789abcdef0" },
      { subnetId: "subnet-0123456789abcdef0", securityGroupIds: [] },
    ],
  },
  "78 hosts and tenancy": {
    kind: "infrastructure-configuration",
    valid: [
      { placement: { tenancy: "host", hostId: "h-0123456789abcdef0" } },
      { placement: { tenancy: "host", hostResourceGroupArn: "arn:aws:resource-groups:us-east-1:1:group/a" } },
      { placement: { tenancy: "host" } },
      { placement: { tenancy: "dedicated" } },
    ],
    invalid: [
      { placement: { tenancy: "default", hostId: "h-0123456789abcdef0" } },
      { placement: { hostId: "h-0123456789abcdef0" } },
      {
        placement: {
          tenancy: "dedicated",
          hostResourceGroupArn: "arn:aws:resource-groups:us-east-1:1:group/a",
        },
      },
      {
        placement: {
          tenancy: "host",
          hostId: "h-0123456789abcdef0",
          hostResourceGroupArn: "arn:aws:resource-groups:us-east-1:1:group/a",
        },
      },
    ],
  },
  "82 the name of an AMI": {
    kind: "distribution-configuration",
    valid: ["web {{ imagebuilder:buildDate }}", "web-{{imagebuilder:buildDate}}"].map((name) =>
      region({ amiDistributionConfiguration: { name } }),
    ),
    invalid: ["web", "web {{ imagebuilder:buildVersion }}", "web imagebuilder:buildDate"].map((name) =>
      region({ amiDistributionConfiguration: { name } }),
    ),
  },
  "an output for each Region": {
    kind: "distribution-configuration",
    valid: [
      region({ amiDistributionConfiguration: {} }),
      region({ launchTemplateConfigurations: [{ launchTemplateId: template(1) }] }),
    ],
    invalid: [region({})],
    code: "InvalidParameterValueException",
  },
  "84 the template of Fast Launch": {
    kind: "distribution-configuration",
    valid: [{ launchTemplateId: template(1) }, { launchTemplateName: "fast" }].map(fastLaunch),
    invalid: [{ launchTemplateId: template(1), launchTemplateName: "fast" }].map(fastLaunch),
  },
  "88 the account of a parameter": {
    kind: "distribution-configuration",
    valid: [
      region({
        amiDistributionConfiguration: { targetAccountIds: ["333333333333"] },
        ssmParameterConfigurations: [{ parameterName: "/imagebuilder/web", amiAccountId: "333333333333" }],
      }),
    ],
    invalid: [
      region({
        amiDistributionConfiguration: { targetAccountIds: ["333333333333"] },
        ssmParameterConfigurations: [{ parameterName: "/imagebuilder/web", amiAccountId: "444444444444" }],
      }),
      region({
        ssmParameterConfigurations: [{ parameterName: "/imagebuilder/web", amiAccountId: "444444444444" }],
      }),
    ],
  },
  "89 the role of a policy": {
    kind: "lifecycle-policy",
    valid: [EXECUTION_ROLE, "ImageBuilderExecution"].map((executionRole) => ({ executionRole })),
    invalid: [SERVICE_LINKED, "AWSServiceRoleForImageBuilder"].map((executionRole) => ({ executionRole })),
  },
  "90 the scope of a policy": {
    kind: "lifecycle-policy",
    valid: [selecting({ tagMap: { team: "x" } }), selecting({ tagMap: tags(50) })],
    invalid: [
      selecting({}),
      selecting({ recipes: [] }),
      selecting({ tagMap: tags(51) }),
      selecting({ tagMap: { team: "x" }, recipes: [{ name: "base", semanticVersion: "1.0.0" }] }),
      selecting({ recipes: times(51, (index) => ({ name: `base-${index}`, semanticVersion: "1.0.0" })) }),
    ],
  },
  "91 counts, ages and units": {
    kind: "lifecycle-policy",
    valid: [
      detail({ type: "DELETE" }, { type: "COUNT", value: 5 }),
      detail({ type: "DISABLE" }, { type: "AGE", value: 5, unit: "DAYS" }),
      detail({ type: "DELETE" }, { type: "AGE", value: 1000, unit: "YEARS", retainAtLeast: 10 }),
    ],
    invalid: [
      detail({ type: "DISABLE" }, { type: "COUNT", value: 5 }),
      detail({ type: "DEPRECATE" }, { type: "COUNT", value: 5 }),
      detail({ type: "DISABLE" }, { type: "AGE", value: 5 }),
      detail({ type: "DELETE" }, { type: "COUNT", value: 1001 }),
      detail({ type: "DELETE" }, { type: "AGE", value: 5, unit: "DAYS", retainAtLeast: 11 }),
      {
        resourceType: "CONTAINER_IMAGE",
        ...detail({ type: "DISABLE" }, { type: "AGE", value: 5, unit: "DAYS" }),
      },
      {
        resourceType: "CONTAINER_IMAGE",
        ...detail({ type: "DEPRECATE" }, { type: "AGE", value: 5, unit: "DAYS" }),
      },
    ],
  },
  "97 the file of an import": {
    kind: "import",
    valid: ["w11.ISO", "w11.iso", "w11.Iso"].map((name) => ({ uri: `s3://media/${name}` })),
    invalid: ["w11.iSo", "w11.ISo", "w11.img", "w11"].map((name) => ({ uri: `s3://media/${name}` })),
  },
  "98 the system of an import": {
    kind: "import",
    valid: [{ osVersion: "Microsoft Windows 11" }],
    invalid: ["Windows 10", "Windows 11", "Microsoft Windows 10"].map((osVersion) => ({
      osVersion,
    })),
  },
  "99 secure boot and the edition": {
    kind: "import",
    valid: [
      { registerImageOptions: { secureBootEnabled: true, uefiData: "QUJD" } },
      { registerImageOptions: { secureBootEnabled: false } },
      { registerImageOptions: { uefiData: "QUJD" } },
      { windowsConfiguration: { imageIndex: 1 } },
    ],
    invalid: [
      { registerImageOptions: { secureBootEnabled: false, uefiData: "QUJD" } },
      { registerImageOptions: { uefiData: "not base64!" } },
      { registerImageOptions: { uefiData: "QUJD".repeat(16 * 1024 + 1) } },
      { windowsConfiguration: { imageIndex: 0 } },
      { windowsConfiguration: { imageIndex: 1.5 } },
      { windowsConfiguration: {} },
    ],
  },
};
