import { AwsError } from "../../wire/contract";
import { ownImage } from "./images";
import type { Ec2 } from "./operations";
import { refuseDryRun } from "./paging";
import type { Ec2Store, ImageRow } from "./store";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const YEARS_10_MS = 3_653 * DAY_MS;
const YEARS_2_MS = 731 * DAY_MS;

/** What retires an AMI and takes it back, and what keeps it from being deregistered. */
export const imageStates = {
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html */
  DeregisterImage({ store, now }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    if (image.DeregistrationProtection?.startsWith("enabled") || (image.coolsDownUntil ?? 0) > now)
      throw new AwsError(
        "OperationNotPermitted",
        `The image ${image.ImageId} is protected from deregistration.`,
      );
    store.images.delete(image.ImageId);
    store.pastImages.put(image);
    if (!input.DeleteAssociatedSnapshots) return { Return: true };
    return {
      Return: true,
      DeleteSnapshotResults: snapshotsOf(image).map((SnapshotId) => ({
        SnapshotId,
        ReturnCode: deleteUnused(store, SnapshotId),
      })),
    };
  },

  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html */
  EnableImageDeprecation({ store, now }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    const at = toMinute(input.DeprecateAt ?? new Date(now));
    if (at.getTime() < now - MINUTE_MS)
      throw new AwsError("InvalidParameterValue", "DeprecateAt must be in the future.");
    const created = Date.parse(image.CreationDate ?? "");
    if (image.Public && at.getTime() > created + YEARS_2_MS)
      throw new AwsError(
        "InvalidParameterValue",
        "DeprecateAt of a public AMI can be at most 2 years after its creation.",
      );
    if (at.getTime() > now + YEARS_10_MS)
      throw new AwsError("InvalidParameterValue", "DeprecateAt can be at most 10 years from now.");
    store.images.put({ ...image, DeprecationTime: at.toISOString() });
    return { Return: true };
  },

  DisableImageDeprecation({ store }, input) {
    refuseDryRun(input);
    const { DeprecationTime: _, ...image } = ownImage(store, input.ImageId);
    store.images.put(image);
    return { Return: true };
  },

  /** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html */
  DisableImage({ store }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    if (image.State === "pending")
      throw new AwsError("InvalidAMIID.Unavailable", `The image ID '${image.ImageId}' is not available`);
    store.images.put({ ...image, State: "disabled", Public: false, launchPermissions: [] });
    return { Return: true };
  },

  EnableImage({ store }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    if (image.State === "pending")
      throw new AwsError("InvalidAMIID.Unavailable", `The image ID '${image.ImageId}' is not available`);
    store.images.put({ ...image, State: "available" });
    return { Return: true };
  },

  EnableImageDeregistrationProtection({ store }, input) {
    refuseDryRun(input);
    const protection = input.WithCooldown ? "enabled-with-cooldown" : "enabled-without-cooldown";
    const { coolsDownUntil: _, ...image } = ownImage(store, input.ImageId);
    store.images.put({ ...image, DeregistrationProtection: protection });
    return { Return: protection };
  },

  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageDeregistrationProtection.html */
  DisableImageDeregistrationProtection({ store, now }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    const hasCooldown = image.DeregistrationProtection === "enabled-with-cooldown";
    // Differs from AWS: what DescribeImages says meanwhile is not published.
    store.images.put({
      ...image,
      DeregistrationProtection: "disabled",
      ...(hasCooldown && { coolsDownUntil: now + DAY_MS }),
    });
    return { Return: "disabled" };
  },
} satisfies Partial<Ec2>;

/** EC2 rounds the seconds to the nearest minute. */
function toMinute(at: Date): Date {
  return new Date(Math.round(at.getTime() / MINUTE_MS) * MINUTE_MS);
}

const snapshotsOf = ({ BlockDeviceMappings = [] }: ImageRow): string[] =>
  BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);

/** A snapshot that another AMI uses too is never deleted. */
function deleteUnused(store: Ec2Store, id: string): "success" | "skipped" {
  if (store.images.find((image) => snapshotsOf(image).includes(id))) return "skipped";
  store.snapshots.delete(id);
  return "success";
}
