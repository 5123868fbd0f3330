import "server-only";
import { useCase } from "@/lib/use-case/use-case";
import { openOwnAmi } from "./open-ami";
import { readSnapshotsOf } from "./read-ami";
import { holdersAsList, judgeHolders, readKeys } from "./read-keys";
import { amiHoldersSchema } from "./schemas";
import { encryptionOf } from "./to-ami";
import type { AmiSharingPreview } from "./types";

/** Whether those whom an AMI is to be shared with could launch it: its keys, their policies and their grants, read now. */
export const previewAmiSharing = useCase(
  "preview-ami-sharing",
  amiHoldersSchema,
  async ({ ctx, input: { region, amiId, ...holders } }): Promise<AmiSharingPreview> => {
    const { aws, image } = await openOwnAmi(ctx, "preview-ami-sharing", { region, amiId });
    const snapshots = await readSnapshotsOf(aws, image);
    const encryption = encryptionOf(image, new Map(snapshots.map((one) => [one.SnapshotId ?? "", one])));
    const keys = await readKeys(aws, encryption);
    return {
      keys: keys.map(({ policy: _, policyReason: __, ...key }) => key),
      verdicts: await judgeHolders(aws, { region, encryption, keys }, holdersAsList(holders)),
    };
  },
);
