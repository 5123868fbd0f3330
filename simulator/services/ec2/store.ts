import type {
  Image,
  ImageUsageReport,
  ImageUsageReportEntry,
  Instance,
  KeyPairInfo,
  LaunchPermission,
  LaunchTemplate,
  LaunchTemplateVersion,
  SecurityGroup,
  Snapshot,
  Subnet,
  Vpc,
} from "@aws-sdk/client-ec2";
import type { IdempotentAnswer } from "../../engine/idempotency";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { IamStore } from "../iam/store";
import type { KmsStore } from "../kms/store";
import type { SsmStore } from "../ssm/store";

type With<Row, Id extends keyof Row> = Row & { [Key in Id]-?: NonNullable<Row[Key]> };

export type ImageRow = With<Image, "ImageId" | "OwnerId"> & {
  /** Accounts, groups and organizations beside the owner that may launch it; `all` as a group makes it public. */
  launchPermissions?: LaunchPermission[];
  /** Epoch milliseconds at which a pending AMI is available. */
  availableAt?: number;
  /** Epoch milliseconds until which it cannot be deregistered, though its protection is off. */
  coolsDownUntil?: number;
};
type SnapshotRow = With<Snapshot, "SnapshotId">;
export type InstanceRow = With<Instance, "InstanceId"> & {
  /** Epoch milliseconds at which a pending instance runs, at which its status checks pass, and at which it is stopped. */
  runningAt?: number;
  checkedAt?: number;
  stoppedAt?: number;
};
export type LaunchTemplateRow = With<LaunchTemplate, "LaunchTemplateId" | "LaunchTemplateName">;
export type LaunchTemplateVersionRow = With<LaunchTemplateVersion, "LaunchTemplateId" | "VersionNumber">;

export type UsageReportRow = With<ImageUsageReport, "ReportId" | "ImageId"> & {
  entries: ImageUsageReportEntry[];
  availableAt: number;
};

/** One setting for each account and Region: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html */
export type EbsDefaultRow = { id: "default"; encrypts: boolean; kmsKeyId?: string };

/** EC2 in one account and Region. Rows are the SDK's own shapes, so a describe call gives them as they are. */
export interface Ec2Store {
  account: string;
  region: string;
  partition: string;
  images: Table<ImageRow>;
  /** The stores of other accounts in this Region, as far as anybody used them. */
  sharedBy(): Iterable<Ec2Store>;
  /** AMIs as they were when an instance last started from them: EC2 still tells of them when they are gone. */
  launchedImages: Table<ImageRow>;
  /** AMIs that were deregistered: ancestries still name them. */
  pastImages: Table<ImageRow>;
  usageReports: Table<UsageReportRow>;
  snapshots: Table<SnapshotRow>;
  /** One row, once somebody has set it. */
  ebsDefaults: Table<EbsDefaultRow>;
  instances: Table<InstanceRow>;
  vpcs: Table<With<Vpc, "VpcId">>;
  subnets: Table<With<Subnet, "SubnetId">>;
  securityGroups: Table<With<SecurityGroup, "GroupId">>;
  keyPairs: Table<With<KeyPairInfo, "KeyPairId">>;
  launchTemplates: Table<LaunchTemplateRow>;
  launchTemplateVersions: Table<LaunchTemplateVersionRow>;
  /** Systems Manager here: launch templates may name a parameter in place of an AMI. */
  ssm: SsmStore;
  /** The account's instance profiles: instances are given them. */
  iam: IamStore;
  /** What was answered to requests with a client token. */
  answers: Table<IdempotentAnswer>;
  /** The keys here, for what they encrypt. */
  kms: KmsStore;
  /** How much faster than life work goes. */
  speed: number;
  /** The store of the same account or another in another Region, for copies and shared images. */
  at(place: { account?: string; region?: string }): Ec2Store;
}

export function openEc2Store(
  scope: Scope<{ ec2: Ec2Store; ssm: SsmStore; kms: KmsStore; iam: IamStore }>,
): Ec2Store {
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    images: scope.table("ec2.images", (row) => row.ImageId),
    sharedBy: () => scope.others("ec2") as Iterable<Ec2Store>,
    launchedImages: scope.table("ec2.launched-images", (row) => row.ImageId),
    pastImages: scope.table("ec2.past-images", (row) => row.ImageId),
    usageReports: scope.table("ec2.usage-reports", (row) => row.ReportId),
    snapshots: scope.table("ec2.snapshots", (row) => row.SnapshotId),
    ebsDefaults: scope.table("ec2.ebs-defaults", (row) => row.id),
    instances: scope.table("ec2.instances", (row) => row.InstanceId),
    vpcs: scope.table("ec2.vpcs", (row) => row.VpcId),
    subnets: scope.table("ec2.subnets", (row) => row.SubnetId),
    securityGroups: scope.table("ec2.security-groups", (row) => row.GroupId),
    keyPairs: scope.table("ec2.key-pairs", (row) => row.KeyPairId),
    launchTemplates: scope.table("ec2.launch-templates", (row) => row.LaunchTemplateId),
    launchTemplateVersions: scope.table(
      "ec2.launch-template-versions",
      (row) => `${row.LaunchTemplateId} ${row.VersionNumber}`,
    ),
    ssm: scope.here.ssm,
    iam: scope.here.iam,
    answers: scope.table("ec2.answers", (row: IdempotentAnswer) => row.key),
    kms: scope.here.kms,
    speed: scope.speed,
    at: (place) => scope.at(place).ec2,
  };
}
