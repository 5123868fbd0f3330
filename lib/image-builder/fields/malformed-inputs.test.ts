import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Json, JsonObject } from "@/lib/image-builder/definitions/types";
import { withoutEmpty } from "@/lib/image-builder/definitions/without-empty";
import { distributionSchema } from "@/lib/image-builder/distribution/schemas";
import { infrastructureSchema } from "@/lib/image-builder/infrastructure/schemas";
import { lifecyclePolicySchema } from "@/lib/image-builder/lifecycle/schemas";

const TEN_MEGABYTES = "a".repeat(10 * 1024 * 1024);
const SCRIPT = "<script>alert(1)</script>";
const UNICODE = "naïve ☃ 名前";
const long = (length: number) => "x".repeat(length);
const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key-${at}`, "x"]));
const texts = (count: number, text: string) => Array.from({ length: count }, () => text);

/** What is wrong, where it is typed, and where it is said when that is another place. */
type Malformed = [why: string, path: string, value: Json | undefined, saidAt?: string];

const NAMES: Malformed[] = [
  ["no name", "name", ""],
  ["a name of 2 characters", "name", "ab"],
  ["a name of 129 characters", "name", long(129)],
  ["10 MB as a name", "name", TEN_MEGABYTES],
  ["a script as a name", "name", SCRIPT],
  ["other scripts in a name", "name", UNICODE],
  ["a name that begins with a space", "name", " web"],
  ["a description of 1,025 characters", "description", long(1025)],
  ["10 MB as a description", "description", TEN_MEGABYTES],
  ["500 tags", "tags", tags(500)],
  ["a tag key of AWS's own", "tags", { "aws:created": "x" }],
  ["a tag key of 129 characters", "tags", { [long(129)]: "x" }],
  ["a tag value of 10 MB", "tags", { team: TEN_MEGABYTES }],
];

const INFRASTRUCTURE: JsonObject = {
  name: "web",
  instanceProfileName: "EC2InstanceProfileForImageBuilder",
  subnetId: "subnet-0123456789abcdef0",
  securityGroupIds: ["sg-0123456789abcdef0"],
};
const INFRASTRUCTURE_CASES: Malformed[] = [
  ...NAMES,
  ["no instance profile", "instanceProfileName", undefined],
  ["an ARN for a profile's name", "instanceProfileName", "arn:aws:iam::111111111111:instance-profile/web"],
  ["a profile's name of 257 characters", "instanceProfileName", long(257)],
  ["a script as a profile", "instanceProfileName", SCRIPT],
  ["an instance type without a size", "instanceTypes.0", "m7i"],
  ["an instance type in capitals", "instanceTypes.0", "M7I.LARGE"],
  ["an empty row of instance types", "instanceTypes.0", ""],
  ["a VPC for a subnet", "subnetId", "vpc-0123456789abcdef0"],
  ["10 MB as a subnet", "subnetId", TEN_MEGABYTES],
  ["a subnet without security groups", "securityGroupIds", undefined],
  ["a group's name for its ID", "securityGroupIds.0", "default"],
  ["a topic's name for its ARN", "snsTopicArn", "builds"],
  ["a FIFO topic", "snsTopicArn", "arn:aws:sns:us-east-1:111111111111:builds.fifo"],
  ["10 MB as a key pair", "keyPair", TEN_MEGABYTES],
  ["a bucket of 1,025 characters", "logging.s3Logs.s3BucketName", long(1025)],
  ["no hop at all", "instanceMetadataOptions.httpPutResponseHopLimit", 0],
  ["65 hops", "instanceMetadataOptions.httpPutResponseHopLimit", 65],
  ["one hop and a half", "instanceMetadataOptions.httpPutResponseHopLimit", 1.5],
  ["hops in words", "instanceMetadataOptions.httpPutResponseHopLimit", "two"],
  ["a tenancy there is none of", "placement.tenancy", "shared"],
  [
    "a host and a group of hosts",
    "placement",
    { hostId: "h-1", hostResourceGroupArn: "arn:x" },
    "placement.hostResourceGroupArn",
  ],
  ["31 instance tags", "resourceTags", tags(31)],
  ["an instance tag that Image Builder sets", "resourceTags", { Name: "web" }],
];

const region = (changes: JsonObject): JsonObject => ({ region: "us-east-1", ...changes });
const REGION = "distributions.0";
const AMI = `${REGION}.amiDistributionConfiguration`;
const DISTRIBUTION: JsonObject = { name: "everywhere", distributions: [region({})] };
const DISTRIBUTION_CASES: Malformed[] = [
  ...NAMES,
  ["no Region", "distributions", []],
  ["a Region without a name", `${REGION}.region`, ""],
  ["a Region twice", "distributions", [region({}), region({})], "distributions.1.region"],
  ["an AMI name without its date", `${AMI}.name`, "web"],
  ["an AMI name of 128 characters", `${AMI}.name`, `${long(101)}{{ imagebuilder:buildDate }}`],
  ["an AMI name with a slash", `${AMI}.name`, "web/{{ imagebuilder:buildDate }}"],
  ["a script in an AMI name", `${AMI}.name`, `${SCRIPT} {{ imagebuilder:buildDate }}`],
  ["10 MB as an AMI name", `${AMI}.name`, TEN_MEGABYTES],
  ["500 AMI tags", `${AMI}.amiTags`, tags(500)],
  ["10 MB as a key", `${AMI}.kmsKeyId`, TEN_MEGABYTES],
  ["an account of 11 digits", `${AMI}.targetAccountIds.0`, "11111111111"],
  ["an account with hyphens", `${AMI}.launchPermission.userIds.0`, "1111-1111-1111"],
  ["1,537 accounts", `${AMI}.targetAccountIds`, texts(1537, "111111111111")],
  ["an organisation by its name", `${AMI}.launchPermission.organizationArns.0`, "o-example"],
  ["a unit by its name", `${AMI}.launchPermission.organizationalUnitArns.0`, "Production"],
  [
    "26 organisations",
    `${AMI}.launchPermission.organizationArns`,
    texts(26, "arn:aws:organizations::111111111111:organization/o-exampleorgid"),
  ],
  ["a launch template by its name", `${REGION}.launchTemplateConfigurations.0.launchTemplateId`, "web"],
  ["a parameter with a space", `${REGION}.ssmParameterConfigurations.0.parameterName`, "/web base"],
  ["a parameter of 1,012 characters", `${REGION}.ssmParameterConfigurations.0.parameterName`, long(1012)],
  ["a licence by its name", `${REGION}.licenseConfigurationArns.0`, "windows"],
  [
    "an export without its role",
    `${REGION}.s3ExportConfiguration`,
    { s3Bucket: "b", diskImageFormat: "RAW" },
    `${REGION}.s3ExportConfiguration.roleName`,
  ],
  [
    "a disk format there is none of",
    `${REGION}.s3ExportConfiguration`,
    { s3Bucket: "b", roleName: "r", diskImageFormat: "ISO" },
    `${REGION}.s3ExportConfiguration.diskImageFormat`,
  ],
  [
    "10,001 snapshots kept ready",
    `${REGION}.fastLaunchConfigurations`,
    [{ enabled: true, snapshotConfiguration: { targetResourceCount: 10_001 } }],
    `${REGION}.fastLaunchConfigurations.0.snapshotConfiguration.targetResourceCount`,
  ],
  [
    "a container without its repository",
    `${REGION}.containerDistributionConfiguration`,
    { targetRepository: { service: "ECR" } },
    `${REGION}.containerDistributionConfiguration.targetRepository.repositoryName`,
  ],
  [
    "a container with a description alone",
    `${REGION}.containerDistributionConfiguration`,
    { description: "Web" },
    `${REGION}.containerDistributionConfiguration.targetRepository.repositoryName`,
  ],
];

const rule = (changes: JsonObject = {}): JsonObject => ({
  action: { type: "DELETE", includeResources: { amis: true } },
  filter: { type: "AGE", value: 30, unit: "DAYS" },
  ...changes,
});
const RULE = "policyDetails.0";
const POLICY: JsonObject = {
  name: "keep-few",
  executionRole: "ImageBuilderLifecycle",
  resourceType: "AMI_IMAGE",
  policyDetails: [rule()],
  resourceSelection: { recipes: [{ name: "web", semanticVersion: "x.x.x" }] },
};
const POLICY_CASES: Malformed[] = [
  ...NAMES,
  ["no role", "executionRole", undefined],
  ["a role with spaces", "executionRole", "my role"],
  ["10 MB as a role", "executionRole", TEN_MEGABYTES],
  ["a script as a role", "executionRole", SCRIPT],
  ["a kind of image there is none of", "resourceType", "VM_IMAGE"],
  ["no rules", "policyDetails", []],
  ["two rules for one action", "policyDetails", [rule(), rule()], "policyDetails.1.action.type"],
  ["an action there is none of", `${RULE}.action.type`, "EXPLODE"],
  ["an age without its unit", `${RULE}.filter.unit`, undefined],
  ["an age of 0", `${RULE}.filter.value`, 0],
  ["an age of 1,001", `${RULE}.filter.value`, 1001],
  ["an age in words", `${RULE}.filter.value`, "a month"],
  ["11 kept whatever their age", `${RULE}.filter.retainAtLeast`, 11],
  ["a count with a unit", `${RULE}.filter.type`, "COUNT", `${RULE}.filter.unit`],
  [
    "deprecation by count",
    RULE,
    rule({ action: { type: "DEPRECATE" }, filter: { type: "COUNT", value: 3 } }),
    `${RULE}.filter.type`,
  ],
  [
    "snapshots without their AMIs",
    `${RULE}.action.includeResources`,
    { snapshots: true },
    `${RULE}.action.includeResources.snapshots`,
  ],
  [
    "a launch within 366 days",
    `${RULE}.exclusionRules`,
    { amis: { lastLaunched: { value: 366, unit: "DAYS" } } },
    `${RULE}.exclusionRules.amis.lastLaunched.value`,
  ],
  ["500 excluded tags", `${RULE}.exclusionRules`, { tagMap: tags(500) }, `${RULE}.exclusionRules.tagMap`],
  ["no images chosen", "resourceSelection", undefined, "resourceSelection.recipes"],
  ["recipes and tags", "resourceSelection.tagMap", { team: "web" }, "resourceSelection.recipes"],
  [
    "51 recipes",
    "resourceSelection.recipes",
    Array.from({ length: 51 }, () => ({ name: "web", semanticVersion: "x.x.x" })),
  ],
  ["a version right of an x", "resourceSelection.recipes.0.semanticVersion", "x.1.0"],
  ["a recipe's name of other scripts", "resourceSelection.recipes.0.name", UNICODE],
];

describe.each<[string, z.ZodType, JsonObject, Malformed[]]>([
  ["infrastructure", infrastructureSchema, INFRASTRUCTURE, INFRASTRUCTURE_CASES],
  ["distribution", distributionSchema, DISTRIBUTION, DISTRIBUTION_CASES],
  ["lifecycle", lifecyclePolicySchema, POLICY, POLICY_CASES],
])("the %s form", (_, schema, good, cases) => {
  it("takes what is right, and has at least 30 ways to be wrong", () => {
    expect(schema.safeParse(withoutEmpty(good)).error).toBeUndefined();
    expect(cases.length).toBeGreaterThanOrEqual(30);
  });

  it.each(cases)("says at its field what is wrong with %s", (_why, path, value, saidAt = path) => {
    const typed = withValue(good, path.split("."), value) as JsonObject;
    const before = JSON.stringify(typed);
    const { error } = schema.safeParse(withoutEmpty(typed));
    const said = (error?.issues ?? []).filter((issue) => {
      const at = issue.path.join(".");
      // Tags are one field, whatever key of them is wrong.
      return at === saidAt || at.startsWith(`${saidAt}.`);
    });
    expect(said.length, `issues: ${error?.issues.map((issue) => issue.path.join("."))}`).toBeGreaterThan(0);
    for (const { message } of said) {
      expect(message, "a message for people").not.toMatch(/^(Invalid|Too |Expected|Required|Unrecognized)/);
      expect(message.length).toBeLessThan(250);
    }
    expect(JSON.stringify(typed) === before, "what was typed stays").toBe(true);
  });
});

function withValue(
  target: Json | undefined,
  [first, ...rest]: string[],
  value: Json | undefined,
): Json | undefined {
  if (first === undefined) return value;
  if (/^\d+$/.test(first)) {
    const list = Array.isArray(target) ? [...target] : [];
    list[Number(first)] = withValue(list[Number(first)], rest, value) ?? null;
    return list;
  }
  const object = typeof target === "object" && target !== null && !Array.isArray(target) ? { ...target } : {};
  const changed = withValue(object[first], rest, value);
  if (changed === undefined) delete object[first];
  else object[first] = changed;
  return object;
}
