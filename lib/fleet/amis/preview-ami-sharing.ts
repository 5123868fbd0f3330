import "server-only";
import { useCase } from "@/lib/use-case/use-case";
import { judgeAmiSharing } from "./judge-ami-sharing";
import { openOwnAmi } from "./open-ami";
import { amiHoldersSchema } from "./schemas";
import type { AmiSharingPreview } from "./types";

/** Whether those whom an AMI is to be shared with could launch it. */
export const previewAmiSharing = useCase(
  "preview-ami-sharing",
  amiHoldersSchema,
  async ({ ctx, input: { region, amiId, ...holders } }): Promise<AmiSharingPreview> =>
    judgeAmiSharing(await openOwnAmi(ctx, "preview-ami-sharing", { region, amiId }), region, holders),
);
