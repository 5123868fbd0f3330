import type {
  CopyImageRequest,
  Image,
  LaunchPermission,
  LaunchPermissionModifications,
  Tag,
} from "@aws-sdk/client-ec2";
import { oncePerToken } from "../../engine/idempotency";
import { stableHex, stableId } from "../../engine/ids";
import { AwsError } from "../../wire/contract";
import { copyEncryption } from "./ebs-encryption";
import { applyFilters, type FilterFields } from "./filters";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun, refuseOtherRequest, requireIds } from "./paging";
import { publicImages } from "./public-images";
import type { Ec2Store, ImageRow } from "./store";
import { tagsFor } from "./tag-specifications";

const FIELDS: FilterFields<ImageRow> = {
  "image-id": (row) => [row.ImageId],
  name: (row) => [row.Name],
  description: (row) => [row.Description],
  state: (row) => [row.State],
  architecture: (row) => [row.Architecture],
  platform: (row) => [row.Platform],
  "platform-details": (row) => [row.PlatformDetails],
  "owner-id": (row) => [row.OwnerId],
  "owner-alias": (row) => [row.ImageOwnerAlias],
  "is-public": (row) => [row.Public ?? false],
  "image-type": (row) => [row.ImageType],
  "root-device-type": (row) => [row.RootDeviceType],
  "root-device-name": (row) => [row.RootDeviceName],
  "virtualization-type": (row) => [row.VirtualizationType],
  hypervisor: (row) => [row.Hypervisor],
  "creation-date": (row) => [row.CreationDate],
  "ena-support": (row) => [row.EnaSupport],
  "source-image-id": (row) => [row.SourceImageId],
  "source-instance-id": (row) => [row.SourceInstanceId],
  "block-device-mapping.snapshot-id": (row) =>
    (row.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.SnapshotId),
  "block-device-mapping.encrypted": (row) => (row.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.Encrypted),
};

export const images = {
  DescribeImages({ store, account, now }, input) {
    refuseDryRun(input);
    const notFound = { code: "InvalidAMIID.NotFound", what: "image id", prefix: "ami" };
    const named = requireIds(input.ImageIds, (id) => visibleImage(store, id, now), notFound);
    const rows = (named ?? visibleImages(store, now))
      .filter((row) => !input.Owners || input.Owners.some((owner) => isOwnedBy(row, owner, account)))
      .filter(
        (row) =>
          !input.ExecutableUsers || input.ExecutableUsers.some((user) => mayLaunch(row, user, account)),
      )
      .filter((row) => named || input.IncludeDisabled || row.State !== "disabled")
      .filter(
        (row) => named || row.OwnerId === account || input.IncludeDeprecated || !isDeprecated(row, now),
      );
    const page = ec2Page(applyFilters(rows, input.Filters, FIELDS), input);
    return { Images: page.rows.map((row) => describeImage(row)), NextToken: page.NextToken };
  },

  DescribeImageAttribute({ store }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    const described = describeImage(image);
    return {
      ImageId: image.ImageId,
      ...(input.Attribute === "launchPermission" && { LaunchPermissions: image.launchPermissions ?? [] }),
      ...(input.Attribute === "description" && { Description: { Value: described.Description } }),
      ...(input.Attribute === "blockDeviceMapping" && { BlockDeviceMappings: described.BlockDeviceMappings }),
      ...(input.Attribute === "bootMode" && { BootMode: { Value: described.BootMode } }),
      ...(input.Attribute === "imdsSupport" && { ImdsSupport: { Value: described.ImdsSupport } }),
      ...(input.Attribute === "lastLaunchedTime" && {
        LastLaunchedTime: image.LastLaunchedTime ? { Value: image.LastLaunchedTime } : {},
      }),
      ...(input.Attribute === "deregistrationProtection" && {
        DeregistrationProtection: { Value: image.DeregistrationProtection ?? "disabled" },
      }),
    };
  },

  ModifyImageAttribute({ store }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    const { Add: add = [], Remove: remove = [] } = launchPermissionChange(input);
    for (const permission of add) refuseUnlessHolder(permission);
    if (add.length > 0) refuseUnlessShareable(store, image);
    const changed = new Set([...add, ...remove].map((permission) => JSON.stringify(permission)));
    const kept = (image.launchPermissions ?? []).filter(
      (permission) => !changed.has(JSON.stringify(permission)),
    );
    const launchPermissions = [...kept, ...add];
    if (image.ImageWatermarks?.length && launchPermissions.some(({ Group }) => Group === "all")) {
      throw new AwsError("InvalidRequest", "An AMI that has a watermark cannot be made public.");
    }
    const description =
      input.Description?.Value ?? (input.Attribute === "description" ? input.Value : undefined);
    store.images.put({
      ...image,
      launchPermissions,
      Public: launchPermissions.some(({ Group }) => Group === "all"),
      ...(description !== undefined && { Description: description }),
    });
    return {};
  },

  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html */
  CopyImage({ store, now }, input) {
    refuseDryRun(input);
    const source = visibleImage(
      store.at({ region: input.SourceRegion ?? store.region }),
      input.SourceImageId ?? "",
      now,
    );
    if (!source) throw imageNotFound(input.SourceImageId);
    return oncePerToken(
      store.answers,
      { operation: "CopyImage", clientToken: input.ClientToken, input, now },
      { work: () => copyImage(store, source, input, now), mismatch: refuseOtherRequest },
    );
  },
} satisfies Partial<Ec2>;

/** Differs from AWS: the copy is available at once. */
function copyImage(store: Ec2Store, source: ImageRow, input: CopyImageRequest, now: number) {
  const { account } = store;
  const id = stableId("ami", account, store.region, input.Name ?? "", now);
  const { launchPermissions: _, DeprecationTime: __, ImageOwnerAlias: ___, ...copied } = source;
  const image = registerImage(store, {
    ...copied,
    ImageId: id,
    OwnerId: account,
    Name: input.Name,
    Description: input.Description ?? source.Description,
    ImageLocation: `${account}/${input.Name}`,
    Public: false,
    CreationDate: new Date(now).toISOString(),
    SourceImageId: source.ImageId,
    SourceImageRegion: input.SourceRegion,
    Tags: [...(input.CopyImageTags ? (source.Tags ?? []) : []), ...tagsFor("image", input.TagSpecifications)],
    BlockDeviceMappings: (source.BlockDeviceMappings ?? []).map((mapping, index) => ({
      ...mapping,
      ...(mapping.Ebs && {
        Ebs: {
          ...mapping.Ebs,
          SnapshotId: stableId("snap", id, index),
          ...copyEncryption(store, mapping.Ebs, input),
        },
      }),
    })),
  });
  return { ImageId: image.ImageId };
}

/** Stores an AMI of this account with a snapshot for each of its volumes, and gives it back. */
export function registerImage(
  store: Ec2Store,
  image: ImageRow,
  snapshotTags: Tag[] | undefined = image.Tags,
): ImageRow {
  const startTime = new Date(image.CreationDate ?? 0);
  for (const { Ebs } of image.BlockDeviceMappings ?? []) {
    if (!Ebs?.SnapshotId) continue;
    store.snapshots.put({
      SnapshotId: Ebs.SnapshotId,
      OwnerId: image.OwnerId,
      State: "completed",
      Progress: "100%",
      StartTime: startTime,
      CompletionTime: startTime,
      StorageTier: "standard",
      VolumeId: `vol-ffffffff`,
      VolumeSize: Ebs.VolumeSize,
      Encrypted: Ebs.Encrypted ?? false,
      KmsKeyId: Ebs.KmsKeyId,
      Description: `Created by CreateImage(${image.SourceInstanceId ?? `i-0${stableHex(16, image.ImageId)}`}) for ${image.ImageId}`,
      Tags: snapshotTags,
    });
  }
  return store.images.put(image);
}

/** Images of the account, those shared with it, and the public ones. */
function visibleImages(store: Ec2Store, now: number): ImageRow[] {
  return [...store.images.values(), ...sharedImages(store), ...publicImages(store.region, now)];
}

/** The AMI if the account may see it at `now`: its own, shared or public. */
export function visibleImage(store: Ec2Store, id: string, now: number): ImageRow | undefined {
  return store.images.get(id) ?? visibleImages(store, now).find((row) => row.ImageId === id);
}

function sharedImages(store: Ec2Store): ImageRow[] {
  return [...store.sharedBy()].flatMap((other) =>
    other.images.list((row) => mayLaunch(row, store.account, "")),
  );
}

/** Differs from AWS: another's image answers as one that is not there, even if it can be seen. */
export function ownImage(store: Ec2Store, id = ""): ImageRow {
  const image = store.images.get(id);
  if (image) return image;
  throw imageNotFound(id);
}

export function imageNotFound(id = ""): AwsError {
  if (!/^ami-[0-9a-f]{8,17}$/.test(id)) return new AwsError("InvalidAMIID.Malformed", `Invalid id: "${id}"`);
  return new AwsError("InvalidAMIID.NotFound", `The image id '[${id}]' does not exist`);
}

function isOwnedBy(row: ImageRow, owner: string, account: string): boolean {
  if (owner === "self") return row.OwnerId === account;
  return row.OwnerId === owner || row.ImageOwnerAlias === owner;
}

/** Differs from AWS: accounts of an organization do not see what is shared with it. */
function mayLaunch(row: ImageRow, user: string, account: string): boolean {
  const permissions = row.launchPermissions ?? [];
  if (user === "all") return Boolean(row.Public);
  if (user === "self") return row.OwnerId === account || permissions.some(({ UserId }) => UserId === account);
  return permissions.some(({ UserId }) => UserId === user);
}

function isDeprecated(row: ImageRow, now: number): boolean {
  return row.DeprecationTime !== undefined && Date.parse(row.DeprecationTime) < now;
}

function describeImage({
  launchPermissions: _,
  availableAt: __,
  coolsDownUntil: ___,
  ...image
}: ImageRow): Image {
  // Only a snapshot says which key encrypts it.
  const BlockDeviceMappings = image.BlockDeviceMappings?.map(({ Ebs, ...mapping }) => {
    const { KmsKeyId: ____, ...ebs } = Ebs ?? {};
    return Ebs ? { ...mapping, Ebs: ebs } : mapping;
  });
  return BlockDeviceMappings ? { ...image, BlockDeviceMappings } : image;
}

/**
 * A disabled AMI cannot be shared, nor one whose snapshots an AWS managed key encrypts.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
 */
function refuseUnlessShareable(store: Ec2Store, image: ImageRow): void {
  if (image.State === "disabled")
    throw new AwsError("InvalidAMIID.Unavailable", `The image ID '${image.ImageId}' is no longer available`);
  const volumes = (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => (Ebs?.Encrypted ? Ebs : []));
  if (volumes.some(({ KmsKeyId }) => store.kms.resolve(KmsKeyId ?? "alias/aws/ebs")?.KeyManager === "AWS"))
    throw new AwsError(
      "InvalidParameter",
      "Snapshots encrypted with the AWS Managed CMK can’t be shared. Specify another snapshot.",
    );
}

const ORGANIZATIONS = /^arn:aws[^:]*:organizations::\d{12}:/;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html#api-error-codes-table-client */
function refuseUnlessHolder(permission: LaunchPermission): void {
  const { UserId, OrganizationArn, OrganizationalUnitArn } = permission;
  const isHolder = [
    UserId === undefined || /^\d{12}$/.test(UserId),
    OrganizationArn === undefined ||
      (ORGANIZATIONS.test(OrganizationArn) && /:organization\/o-[a-z0-9]{10,32}$/.test(OrganizationArn)),
    OrganizationalUnitArn === undefined ||
      (ORGANIZATIONS.test(OrganizationalUnitArn) &&
        /:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/.test(OrganizationalUnitArn)),
  ].every(Boolean);
  if (isHolder) return;
  const value = UserId ?? OrganizationArn ?? OrganizationalUnitArn;
  throw new AwsError("InvalidAMIAttributeItemValue", `Invalid attribute item value "${value}".`);
}

/** The change in its own member, or in the old flat ones. */
function launchPermissionChange(
  input: Parameters<Ec2["ModifyImageAttribute"]>[1],
): LaunchPermissionModifications {
  if (input.LaunchPermission) return input.LaunchPermission;
  const accounts = (input.UserIds ?? []).map((UserId) => ({ UserId }));
  const groups = (input.UserGroups ?? []).map((Group) => ({ Group: Group as "all" }));
  const organizations = (input.OrganizationArns ?? []).map((OrganizationArn) => ({ OrganizationArn }));
  const units = (input.OrganizationalUnitArns ?? []).map((OrganizationalUnitArn) => ({
    OrganizationalUnitArn,
  }));
  const named = [...accounts, ...groups, ...organizations, ...units];
  return input.OperationType === "remove" ? { Remove: named } : { Add: named };
}
