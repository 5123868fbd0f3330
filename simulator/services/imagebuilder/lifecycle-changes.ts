import type { LifecycleExecutionResource } from "@aws-sdk/client-imagebuilder";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import type { LifecycleChange } from "./lifecycle-rows";
import type { ImageBuilderStore } from "./store";

/** What an image is after an action. */
export const STATUS_AFTER = {
  AVAILABLE: "AVAILABLE",
  DEPRECATE: "DEPRECATED",
  DISABLE: "DISABLED",
  DELETE: "DELETED",
} as const;

/** Changes an image and what it made, and says what became of each: first the image, then its outputs. */
export function changeImage(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  change: LifecycleChange,
): LifecycleExecutionResource[] {
  const { outputs } = buildStateOf(store, build, change.at);
  const entry = (resourceId: string, region = store.region, accountId = store.account) => ({
    accountId,
    resourceId,
    region,
    state: change.skipBecause
      ? { status: "SKIPPED" as const, reason: change.skipBecause }
      : { status: "SUCCESS" as const },
    action: { name: change.action, ...(change.reason && { reason: change.reason }) },
    startTime: new Date(change.at),
    endTime: new Date(change.at),
  });
  if (change.skipBecause) return [entry(build.arn)];
  const skipped = (change.include.amis && change.skippedAmis) || new Map<string, string>();
  const amis = outputs.amis.map((ami) => {
    const reason = skipped.get(ami.image);
    if (reason) {
      return {
        ...entry(ami.image, ami.region, ami.accountId),
        state: { status: "SKIPPED" as const, reason },
      };
    }
    const snapshots = change.include.amis ? changeAmi(store, ami, change) : [];
    const state = { status: "SUCCESS" as const };
    return {
      ...entry(ami.image, ami.region, ami.accountId),
      snapshots: snapshots.map((snapshotId) => ({ snapshotId, state })),
    };
  });
  const containers = outputs.containers.map(({ region, imageUris }) => {
    if (change.include.containers && change.action === "DELETE") deleteContainers(store, region, imageUris);
    return { ...entry(imageUris[0] ?? build.arn, region), imageUris };
  });
  const outputsChanged = [
    ...(change.include.amis ? amis : []),
    ...(change.include.containers ? containers : []),
  ];
  // An image of which something is left is not DELETED; the other states it takes all the same.
  if (change.action === "DELETE" && skipped.size > 0) {
    const reason = "Some of the image's resources were skipped.";
    return [{ ...entry(build.arn), state: { status: "SKIPPED" as const, reason } }, ...outputsChanged];
  }
  const { deprecationTime: _time, ...row } = build;
  store.imageBuilds.put({
    ...row,
    lifecycle: { status: STATUS_AFTER[change.action], executionId: change.executionId },
    ...(change.action === "DEPRECATE" && { deprecationTime: change.deprecateAt ?? change.at }),
  });
  return [entry(build.arn), ...outputsChanged];
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html */
const DEPRECATED_BY = { Key: "DeprecatedBy", Value: "EC2 Image Builder" };

interface Ami {
  image: string;
  region: string;
  accountId: string;
}

/** Gives the snapshots that went with it. What is gone already counts as done. */
function changeAmi(
  store: ImageBuilderStore,
  ami: Ami,
  { action, include, at, deprecateAt = at }: LifecycleChange,
): string[] {
  const { ec2 } = store.scope.at({ account: ami.accountId, region: ami.region });
  const image = ec2.images.get(ami.image);
  if (!image) return [];
  // The tag that says who deprecated it goes when the AMI is disabled.
  const others = (image.Tags ?? []).filter(({ Key }) => Key !== DEPRECATED_BY.Key);
  if (action === "DEPRECATE")
    ec2.images.put({
      ...image,
      DeprecationTime: new Date(deprecateAt).toISOString(),
      Tags: [...others, DEPRECATED_BY],
    });
  if (action === "DISABLE")
    ec2.images.put({ ...image, State: "disabled", Public: false, launchPermissions: [], Tags: others });
  if (action === "AVAILABLE") {
    const { DeprecationTime: _time, ...rest } = image;
    ec2.images.put({ ...rest, State: "available", Tags: others });
  }
  if (action !== "DELETE") return [];
  ec2.pastImages.put(image);
  ec2.images.delete(ami.image);
  const snapshots = (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);
  if (!include.snapshots) return [];
  for (const snapshot of snapshots) ec2.snapshots.delete(snapshot);
  return snapshots;
}

function deleteContainers(store: ImageBuilderStore, region: string, imageUris: readonly string[]): void {
  const { ecr } = store.scope.at({ region });
  for (const uri of imageUris) {
    const [, repository, tag] = /^[^/]+\/(.+):([^:]+)$/.exec(uri) ?? [];
    const image = ecr.images.find(
      (row) => row.repositoryName === repository && (row.imageTags ?? []).includes(tag ?? ""),
    );
    if (image) ecr.images.delete(`${image.repositoryName}@${image.imageDigest}`);
  }
}
