/** What pickers of forms offer, by the name of their GET route. */
export const CHOICE_KINDS = [
  "regions",
  "availability-zones",
  "vpcs",
  "subnets",
  "security-groups",
  "instance-types",
  "key-pairs",
  "launch-templates",
  "instance-profiles",
  "roles",
  "kms-keys",
  "topics",
  "buckets",
  "repositories",
  "accounts",
  "organizational-units",
  "organizations",
  "base-images",
] as const;
export type ChoiceKind = (typeof CHOICE_KINDS)[number];

export type Choice = {
  /** What the field holds when this is chosen. */
  value: string;
  label: string;
  /** What helps to choose, in a few words. */
  detail?: string;
  /** Under which heading it stands. */
  group?: string;
  /** The VPC of a subnet or security group. */
  vpcId?: string;
  /** The services that may assume a role, such as `imagebuilder.amazonaws.com`; absent where it is not known. */
  trustedServices?: string[];
  /** Of an instance type: x86_64 and arm64 as EC2 names them. */
  architectures?: string[];
  /** Of a base image. */
  platform?: string;
  osVersion?: string;
  imageType?: "AMI" | "DOCKER" | (string & {});
};

/** Whether a role can be given to Image Builder; one whose trust policy is not known may be. */
export const trustsImageBuilder = ({ trustedServices }: Choice): boolean =>
  trustedServices?.includes("imagebuilder.amazonaws.com") ?? true;

/** The field stays free text: `reason` says why not everything is offered. */
export type ChoiceList = { choices: Choice[]; reason?: string };
