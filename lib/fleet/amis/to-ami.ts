import type { Image, LaunchPermission, Snapshot } from "@aws-sdk/client-ec2";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { canonicalText } from "@/lib/core/canonical-text";
import type { AmiBuild } from "@/lib/history/types";
import type { Ami, AmiEncryption, AmiHolders, AmiOrigin, AmiUse } from "./types";

/** Names and tags come from others. */
const LONGEST_TEXT = 300;
const text = (value: string | undefined) => canonicalText(value ?? "", LONGEST_TEXT);

/** What was read of the AMIs of a Region beside what DescribeImages says. */
export type AmiSurroundings = {
  region: string;
  accountId: string;
  lineage: ReadonlyMap<string, AmiBuild>;
  /** By snapshot ID; a snapshot that is absent was not read. */
  snapshots: ReadonlyMap<string, Snapshot>;
  /** By AMI ID. */
  permissions: ReadonlyMap<string, LaunchPermission[]>;
  /** By AMI ID. Undefined: uses were not read. */
  uses: ReadonlyMap<string, AmiUse[]> | undefined;
};

/** An AMI with where it comes from, by its facts and tags and by the builds that made AMIs. */
export function toAmi(image: Image, around: AmiSurroundings): Ami {
  const { ImageId: amiId = "", OwnerId = "", LastLaunchedTime, DeprecationTime } = image;
  const build = around.lineage.get(amiId);
  const permissions = around.permissions.get(amiId);
  const created = instant(image.CreationDate);
  const [launched, deprecated] = [instant(LastLaunchedTime), instant(DeprecationTime)];
  return {
    amiId,
    region: around.region,
    name: text(image.Name),
    ownerId: text(OwnerId),
    isOwn: OwnerId === around.accountId,
    state: text(image.State) || "not known",
    ...(created && { createdAt: created }),
    ...(launched && { lastLaunchedAt: launched }),
    ...(deprecated && { deprecatedAt: deprecated }),
    origin: originOf(image, build),
    ...(build && { build }),
    encryption: encryptionOf(image, around.snapshots),
    ...(permissions && { holders: holdersOf(permissions) }),
    ...(image.Public !== undefined && { isPublic: image.Public }),
    ...(image.DeregistrationProtection && { protection: text(image.DeregistrationProtection) }),
    watermarks: (image.ImageWatermarks ?? []).flatMap(({ WatermarkKey }) =>
      WatermarkKey ? text(WatermarkKey) : [],
    ),
    ...(around.uses && { used: countsOf(around.uses.get(amiId) ?? []) }),
  };
}

/** An instant of AWS in ISO 8601; undefined for what is none. */
function instant(value: string | undefined): string | undefined {
  const at = Date.parse(value ?? "");
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/tags-on-backups.html */
const BACKUP_TAG = "aws:backup:source-resource";
const BUILD_TAG = "Ec2ImageBuilderArn";

/**
 * Image Builder tags the AMIs that it makes with the ARN of their build; EC2 tells the source of copies and of AMIs
 * that were made from instances. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
 */
function originOf(image: Image, build: AmiBuild | undefined): AmiOrigin {
  if (build) return { by: "image build", build: keyOf(build) };
  const tags = Object.fromEntries((image.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  const source = tags[BACKUP_TAG];
  if (source !== undefined || image.Name?.startsWith("AwsBackup_"))
    return { by: "AWS Backup", ...(source && { resource: text(source) }) };
  const tagged = parseImageBuilderArn(tags[BUILD_TAG]);
  if (tagged?.kind === "image" && tagged.version && tagged.build) {
    const { name, version, build: number } = tagged;
    return {
      by: "image build",
      build: { name: text(name), version: text(version), build: text(number) },
      isByTag: true,
    };
  }
  if (image.SourceInstanceId) return { by: "CreateImage", instanceId: text(image.SourceInstanceId) };
  if (image.SourceImageId && image.SourceImageId !== image.ImageId)
    return {
      by: "copy",
      amiId: text(image.SourceImageId),
      ...(image.SourceImageRegion && { region: text(image.SourceImageRegion) }),
    };
  return { by: "not known" };
}

const keyOf = ({ name, version, build }: AmiBuild) => ({ name, version, build });

/** DescribeImages says whether volumes are encrypted; only their snapshots say with which key. */
export function encryptionOf(image: Image, snapshots: ReadonlyMap<string, Snapshot>): AmiEncryption {
  const volumes = (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs ?? []);
  if (volumes.length === 0 || volumes.some(({ Encrypted }) => Encrypted === undefined))
    return { state: "not known" };
  const encrypted = volumes.filter(({ Encrypted }) => Encrypted);
  if (encrypted.length === 0) return { state: "not encrypted" };
  const keys = encrypted.flatMap(({ SnapshotId = "" }) => snapshots.get(SnapshotId)?.KmsKeyId ?? []);
  return {
    state: "encrypted",
    keys: [...new Set(keys)].map((key) => text(key)),
    ...(encrypted.length < volumes.length && { isPartly: true as const }),
  };
}

/** Launch permissions by what they name, each in order. */
export function holdersOf(permissions: LaunchPermission[]): AmiHolders {
  const named = (of: (one: LaunchPermission) => string | undefined) =>
    permissions.flatMap((one) => text(of(one)) || []).toSorted();
  return {
    accounts: named(({ UserId }) => UserId),
    organizationArns: named(({ OrganizationArn }) => OrganizationArn),
    organizationalUnitArns: named(({ OrganizationalUnitArn }) => OrganizationalUnitArn),
    isPublic: permissions.some(({ Group }) => Group === "all"),
  };
}

function countsOf(uses: AmiUse[]): Ami["used"] {
  const counts: Ami["used"] = {};
  for (const { kind } of uses) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
