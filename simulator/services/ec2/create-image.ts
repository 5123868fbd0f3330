import { stableId } from "../../engine/ids";
import type { ForResource } from "../../engine/settling";
import { AwsError } from "../../wire/contract";
import { registerImage } from "./images";
import type { Ec2 } from "./operations";
import { refuseDryRun, requireIds } from "./paging";
import { publicImages } from "./public-images";
import type { Ec2Store } from "./store";
import { tagsFor } from "./tag-specifications";

/** Snapshots of a small root volume take about so long. */
const SNAPSHOT_MS = 180_000;
const NAME = /^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/;

export const createImage = {
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html */
  CreateImage({ store, account, now }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidInstanceID.NotFound", what: "instance ID", prefix: "i" };
    const [instance] = requireIds([input.InstanceId ?? ""], (id) => store.instances.get(id), error) ?? [];
    if (!["running", "stopped"].includes(instance?.State?.Name ?? ""))
      throw new AwsError(
        "IncorrectState",
        `Instance is not in state 'running' or 'stopped'. Instance: ${input.InstanceId}`,
      );
    const { Name = "" } = input;
    if (!NAME.test(Name))
      throw new AwsError(
        "InvalidAMIName.Malformed",
        "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'",
      );
    const other = store.images.find((image) => image.Name === Name);
    if (other)
      throw new AwsError(
        "InvalidAMIName.Duplicate",
        `AMI name ${Name} is already in use by AMI ${other.ImageId}`,
      );
    const id = instance?.ImageId ?? "";
    const source =
      store.images.get(id) ??
      store.launchedImages.get(id) ??
      publicImages(store.region, now).find(({ ImageId }) => ImageId === id);
    const ImageId = stableId("ami", account, store.region, Name, now);
    const snapshotTags = tagsFor("snapshot", input.TagSpecifications);
    const {
      launchPermissions: _,
      DeprecationTime: __,
      ImageOwnerAlias: ___,
      DeregistrationProtection: ____,
      LastLaunchedTime: _____,
      Description: ______,
      ...made
    } = source ?? { ImageId, OwnerId: account };
    registerImage(
      store,
      {
        ...made,
        ImageId,
        OwnerId: account,
        Name,
        ...(input.Description && { Description: input.Description }),
        ImageLocation: `${account}/${Name}`,
        Public: false,
        State: "pending",
        availableAt: now + SNAPSHOT_MS / store.speed,
        CreationDate: new Date(now).toISOString(),
        SourceInstanceId: input.InstanceId,
        SourceImageId: id,
        SourceImageRegion: store.region,
        Tags: tagsFor("image", input.TagSpecifications),
        // Differs from AWS: instances have no volumes of their own; those of their AMI are taken.
        BlockDeviceMappings: (made.BlockDeviceMappings ?? []).map((mapping, index) => ({
          ...mapping,
          ...(mapping.Ebs && { Ebs: { ...mapping.Ebs, SnapshotId: stableId("snap", ImageId, index) } }),
        })),
      },
      snapshotTags,
    );
    return { ImageId };
  },
} satisfies Partial<Ec2>;

/** Pending AMIs become available. */
export function finishImages(store: Ec2Store, now: number, forResource: ForResource): void {
  for (const { availableAt, ...image } of store.images.list((row) => row.availableAt !== undefined)) {
    if ((availableAt ?? 0) > now) continue;
    forResource(image.ImageId, () => store.images.put({ ...image, State: "available" }));
  }
}
