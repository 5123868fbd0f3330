import {
  describeMalformed,
  long,
  MALFORMED_NAMES,
  type Malformed,
  SCRIPT,
  TEN_MEGABYTES,
  tags,
  texts,
  UNICODE,
} from "@/lib/testing/malformed-form";
import { distributionSchema } from "./distribution-schemas";
import { infrastructureSchema } from "./infrastructure-schemas";
import { lifecyclePolicySchema } from "./lifecycle-schemas";
import type { JsonObject } from "./types";

const INFRASTRUCTURE: JsonObject = {
  name: "web",
  instanceProfileName: "EC2InstanceProfileForImageBuilder",
  subnetId: "subnet-0123456789abcdef0",
  securityGroupIds: ["sg-0123456789abcdef0"],
};
const INFRASTRUCTURE_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
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

const region = (changes: JsonObject): JsonObject => ({
  region: "us-east-1",
  amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" },
  ...changes,
});
const REGION = "distributions.0";
const AMI = `${REGION}.amiDistributionConfiguration`;
const DISTRIBUTION: JsonObject = { name: "everywhere", distributions: [region({})] };
const DISTRIBUTION_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ["no Region", "distributions", []],
  ["a Region that nothing goes to", "distributions", [{ region: "us-east-1" }], "distributions.0.region"],
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
  ["an organization by its name", `${AMI}.launchPermission.organizationArns.0`, "o-example"],
  ["a unit by its name", `${AMI}.launchPermission.organizationalUnitArns.0`, "Production"],
  [
    "26 organizations",
    `${AMI}.launchPermission.organizationArns`,
    texts(26, "arn:aws:organizations::111111111111:organization/o-exampleorgid"),
  ],
  ["a launch template by its name", `${REGION}.launchTemplateConfigurations.0.launchTemplateId`, "web"],
  ["a parameter with a space", `${REGION}.ssmParameterConfigurations.0.parameterName`, "/web base"],
  ["a parameter of 1,012 characters", `${REGION}.ssmParameterConfigurations.0.parameterName`, long(1012)],
  ["a license by its name", `${REGION}.licenseConfigurationArns.0`, "windows"],
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
  ...MALFORMED_NAMES,
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

describeMalformed("infrastructure", infrastructureSchema, INFRASTRUCTURE, INFRASTRUCTURE_CASES);
describeMalformed("distribution", distributionSchema, DISTRIBUTION, DISTRIBUTION_CASES);
describeMalformed("lifecycle", lifecyclePolicySchema, POLICY, POLICY_CASES);
