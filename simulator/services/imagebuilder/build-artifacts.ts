import { partitionOf } from "../../engine/partitions";
import { hexId } from "../../factory/deterministic";
import type { BuildArtifact } from "../../factory/types";
import { copyEncryption } from "../ec2/ebs-encryption";
import type { ImageRow } from "../ec2/store";
import { parseArn } from "./arns";
import { type ImageBuildRow, watermarksOf } from "./image-build-row";
import { timeOf } from "./image-build-state";
import { findBaseImage } from "./managed/base-images";
import type { ImageBuilderStore } from "./store";

type Artifact<Kind extends BuildArtifact["kind"]> = Extract<BuildArtifact, { kind: Kind }>;

// The SDK spells the value with a capital letter, EC2 does not.
const WINDOWS = "windows" as "Windows";
const CREATED_BY = "EC2 Image Builder";

/** Writes what a build made into the service it made it in. */
export function applyArtifact(store: ImageBuilderStore, build: ImageBuildRow, artifact: BuildArtifact): void {
  if (artifact.kind === "ami") putAmi(store, build, artifact);
  if (artifact.kind === "instance-launched") putInstance(store, build, artifact);
  if (artifact.kind === "instance-terminated") endInstance(store, build, artifact);
  if (artifact.kind === "launch-template-version") putTemplateVersion(store, build, artifact);
  if (artifact.kind === "ssm-parameter") putParameter(store, build, artifact);
  if (artifact.kind === "container-pushed") pushContainer(store, build, artifact);
  if (artifact.kind === "command") putCommand(store, build, artifact);
  if (artifact.kind === "s3-export") putExport(store, build, artifact);
}

function tagsOf(build: ImageBuildRow): { Key: string; Value: string }[] {
  return [
    { Key: "CreatedBy", Value: CREATED_BY },
    { Key: "Ec2ImageBuilderArn", Value: build.arn },
  ];
}

const tagList = (tags: Record<string, string> | undefined) =>
  Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));

function baseOf(build: ImageBuildRow) {
  return findBaseImage(parseArn(build.parent.imageArn)?.name ?? "");
}

function putAmi(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  { ami, atMs, distribution, sourceImage }: Artifact<"ami">,
): void {
  const createdAt = timeOf(build, atMs);
  const ec2 = store.scope.at({ account: ami.accountId, region: ami.region }).ec2;
  const base = baseOf(build);
  const deviceName =
    build.imageRecipe?.blockDeviceMappings?.[0]?.deviceName ?? base?.rootDeviceName ?? "/dev/xvda";
  const mapping = build.imageRecipe?.blockDeviceMappings?.[0]?.ebs;
  const sizeGiB = mapping?.volumeSize ?? base?.rootVolumeGiB ?? 8;
  const snapshotId = `snap-${hexId(`${ami.image}/snapshot`, 17)}`;
  const parent = store.scope.here.ec2.images.get(build.parent.amiId ?? "");
  const encryption = copyEncryption(ec2, parent?.BlockDeviceMappings?.[0]?.Ebs, {
    Encrypted: mapping?.encrypted,
    KmsKeyId: distribution?.kmsKeyId ?? mapping?.kmsKeyId,
  });
  const tags = [...tagsOf(build), ...tagList(distribution?.amiTags), ...tagList(build.imageRecipe?.amiTags)];
  const earlier = ec2.images.get(ami.image);
  const own = watermarksOf(build).map((name) => ({
    WatermarkKey: `${store.account}:${name}`,
    SourceImageRegion: store.region,
    SourceImageId: sourceImage ?? ami.image,
    SourceImageCreationTime: new Date(createdAt),
    WatermarkCreationTime: new Date(createdAt),
  }));
  const watermarks = [...(parent?.ImageWatermarks ?? []), ...own];
  ec2.snapshots.put({
    SnapshotId: snapshotId,
    VolumeSize: sizeGiB,
    ...encryption,
    OwnerId: ami.accountId,
    StartTime: new Date(createdAt),
    State: "completed",
    Progress: "100%",
    Description: `Created by CreateImage for ${ami.image}`,
    Tags: tags,
  });
  ec2.images.put({
    ImageId: ami.image,
    OwnerId: ami.accountId,
    Name: ami.name,
    ...(ami.description && { Description: ami.description }),
    ImageLocation: `${ami.accountId}/${ami.name}`,
    CreationDate: new Date(createdAt).toISOString(),
    State: "available",
    Public: distribution?.launchPermission?.userGroups?.includes("all") ?? false,
    Architecture: base?.architecture ?? "x86_64",
    ImageType: "machine",
    ...(build.platform === "Windows" && { Platform: WINDOWS }),
    PlatformDetails: build.platform === "Windows" ? "Windows" : "Linux/UNIX",
    UsageOperation: build.platform === "Windows" ? "RunInstances:0002" : "RunInstances",
    VirtualizationType: "hvm",
    Hypervisor: "xen",
    RootDeviceType: "ebs",
    RootDeviceName: deviceName,
    EnaSupport: true,
    SriovNetSupport: "simple",
    ImdsSupport: "v2.0",
    BlockDeviceMappings: [
      {
        DeviceName: deviceName,
        Ebs: {
          SnapshotId: snapshotId,
          VolumeSize: sizeGiB,
          VolumeType: mapping?.volumeType ?? "gp3",
          ...encryption,
          DeleteOnTermination: true,
        },
      },
    ],
    ...(earlier?.LastLaunchedTime && { LastLaunchedTime: earlier.LastLaunchedTime }),
    ...sourceOf(store, build, ami.image, sourceImage),
    ...(watermarks.length > 0 && { ImageWatermarks: watermarks }),
    Tags: tags,
    launchPermissions: launchPermissionsOf(distribution?.launchPermission),
  });
}

/** Copies come from the AMI that was distributed; that one from the AMI that the build instance started from. */
function sourceOf(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  id: string,
  sourceImage: string | undefined,
) {
  const SourceImageId = sourceImage === id ? build.parent.amiId : (sourceImage ?? build.parent.amiId);
  return SourceImageId === undefined ? {} : { SourceImageId, SourceImageRegion: store.region };
}

function launchPermissionsOf(
  permission: Record<string, string[]> | undefined,
): ImageRow["launchPermissions"] {
  const {
    userIds = [],
    userGroups = [],
    organizationArns = [],
    organizationalUnitArns = [],
  } = permission ?? {};
  return [
    ...userIds.map((UserId) => ({ UserId })),
    // "all" is the only group there is.
    ...userGroups.map(() => ({ Group: "all" as const })),
    ...organizationArns.map((OrganizationArn) => ({ OrganizationArn })),
    ...organizationalUnitArns.map((OrganizationalUnitArn) => ({ OrganizationalUnitArn })),
  ];
}

function putInstance(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  artifact: Artifact<"instance-launched">,
): void {
  const { ec2, ssm } = store.scope.here;
  const isSilent = build.faults?.some(
    (fault) => fault.kind === "ssm-timeout" && (fault.stage ?? "BUILD") === artifact.purpose,
  );
  ssm.agents.put({
    instanceId: artifact.instanceId,
    platform: build.platform,
    ...(build.osVersion && { osVersion: build.osVersion }),
    imageId: artifact.imageId,
    isOnline: !isSilent,
    since: timeOf(build, artifact.atMs),
  });
  const launchedAt = new Date(timeOf(build, artifact.atMs)).toISOString();
  ec2.images.update(artifact.imageId, { LastLaunchedTime: launchedAt });
  const { subnetId, securityGroupIds, keyPair, resourceTags } = build.infrastructure;
  const name = `${artifact.purpose === "TEST" ? "Test" : "Build"} instance for ${build.name}`;
  ec2.instances.put({
    InstanceId: artifact.instanceId,
    ImageId: artifact.imageId,
    InstanceType: artifact.instanceType as "t3.medium",
    State: { Code: 16, Name: "running" },
    LaunchTime: new Date(timeOf(build, artifact.atMs)),
    ...(subnetId && { SubnetId: subnetId }),
    ...(keyPair && { KeyName: keyPair }),
    SecurityGroups: (securityGroupIds ?? []).map((GroupId) => ({ GroupId })),
    Tags: [...tagsOf(build), { Key: "Name", Value: name }, ...tagList(resourceTags)],
  });
}

function endInstance(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  { instanceId, atMs }: Artifact<"instance-terminated">,
): void {
  const { ec2, ssm } = store.scope.here;
  ec2.instances.update(instanceId, { State: { Code: 48, Name: "terminated" } });
  ssm.endAgent(instanceId, timeOf(build, atMs));
}

/** What ssm:GetCommandInvocation tells of a command whose id stands in the log. */
function putCommand(store: ImageBuilderStore, build: ImageBuildRow, artifact: Artifact<"command">): void {
  const { commandId, instanceId, documentName, atMs, endMs, status, stdout, stderr } = artifact;
  store.scope.here.ssm.putCommand({
    commandId,
    instanceId,
    documentName,
    sentAt: timeOf(build, atMs),
    endsAt: timeOf(build, endMs),
    status,
    exitCode: status === "Success" ? 0 : 1,
    stdout,
    stderr,
    comment: `Image Builder: ${build.arn}`.slice(0, 100),
  });
}

function putTemplateVersion(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  artifact: Artifact<"launch-template-version">,
): void {
  const { region, accountId, launchTemplateId, amiId, setDefaultVersion, atMs } = artifact;
  const { ec2 } = store.scope.at({ account: accountId, region });
  const template = ec2.launchTemplates.get(launchTemplateId);
  if (!template) return;
  const latest = template.LatestVersionNumber ?? 0;
  const source = ec2.launchTemplateVersions.get(`${launchTemplateId} ${latest}`);
  const number = latest + 1;
  if (setDefaultVersion) {
    for (const row of ec2.launchTemplateVersions.list(
      (one) => one.LaunchTemplateId === launchTemplateId && one.DefaultVersion === true,
    )) {
      ec2.launchTemplateVersions.put({ ...row, DefaultVersion: false });
    }
  }
  ec2.launchTemplateVersions.put({
    LaunchTemplateId: launchTemplateId,
    LaunchTemplateName: template.LaunchTemplateName,
    VersionNumber: number,
    VersionDescription: `Created by ${CREATED_BY}`,
    CreateTime: new Date(timeOf(build, atMs)),
    CreatedBy: `arn:${partitionOf(region)}:iam::${accountId}:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder`,
    DefaultVersion: setDefaultVersion,
    LaunchTemplateData: { ...source?.LaunchTemplateData, ImageId: amiId },
  });
  ec2.launchTemplates.put({
    ...template,
    LatestVersionNumber: number,
    ...(setDefaultVersion && { DefaultVersionNumber: number }),
  });
}

function putParameter(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  artifact: Artifact<"ssm-parameter">,
): void {
  const { region, accountId, name, value, dataType, atMs } = artifact;
  const { ssm } = store.scope.at({ account: accountId, region });
  ssm.putParameter({ name, value, dataType, lastModifiedAt: timeOf(build, atMs) }, true);
}

function pushContainer(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  { region, imageUris, atMs }: Artifact<"container-pushed">,
): void {
  const { ecr } = store.scope.at({ region });
  const [first = ""] = imageUris;
  const repositoryName = first.slice(first.indexOf("/") + 1, first.lastIndexOf(":"));
  const imageDigest = `sha256:${hexId(`${build.arn}/digest`, 64)}`;
  if (!ecr.repositories.has(repositoryName)) return;
  ecr.push({
    registryId: store.account,
    repositoryName,
    imageDigest,
    imageTags: imageUris.map((uri) => uri.slice(uri.lastIndexOf(":") + 1)),
    imageSizeInBytes: 214_958_081,
    imagePushedAt: new Date(timeOf(build, atMs)),
    imageManifestMediaType: "application/vnd.docker.distribution.manifest.v2+json",
    imageManifest: JSON.stringify({ schemaVersion: 2, config: { digest: imageDigest }, layers: [] }),
  });
}

function putExport(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  { bucket, key, atMs }: Artifact<"s3-export">,
): void {
  const { s3 } = store.scope.here;
  if (!s3.buckets.has(bucket)) return;
  const body = new TextEncoder().encode(`Exported from ${build.arn}\n`);
  s3.objects.put({
    bucket,
    key,
    body,
    etag: hexId(key, 32),
    metadata: {},
    lastModifiedAt: timeOf(build, atMs),
  });
}
