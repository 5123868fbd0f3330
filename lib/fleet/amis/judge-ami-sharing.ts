import "server-only";
import type { ImageHolders } from "@/lib/image-builder/image-changes/types";
import { type FoundAmi, readSnapshotsOf } from "./read-ami";
import { holdersAsList, judgeHolders, readKeys } from "./read-keys";
import { encryptionOf } from "./to-ami";
import type { AmiSharingPreview } from "./types";

/** Whether these could launch an AMI if it were shared with them: its keys, their policies and their grants, read now. */
export async function judgeAmiSharing(
  { aws, image }: FoundAmi,
  region: string,
  holders: ImageHolders,
): Promise<AmiSharingPreview> {
  const snapshots = await readSnapshotsOf(aws, image);
  const encryption = encryptionOf(image, new Map(snapshots.map((one) => [one.SnapshotId ?? "", one])));
  const keys = await readKeys(aws, encryption);
  return {
    keys: keys.map(({ policy: _, policyReason: __, ...key }) => key),
    verdicts: await judgeHolders(aws, { region, encryption, keys }, holdersAsList(holders)),
  };
}
