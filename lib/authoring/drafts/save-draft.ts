import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { draftContentSchema, draftIdField } from "./schemas";
import { readDraft, updateDraft } from "./stored-drafts";
import type { DraftContent } from "./types";

const inputSchema = z.object({ id: draftIdField, revision: z.int().min(1), content: draftContentSchema });

/**
 * Saves a draft as typed, right or wrong. Throws `conflict` when it was saved elsewhere since `revision`, or when
 * its creation has begun.
 */
export async function saveDraft({
  ctx,
  input,
}: UseCase<{ id: string; revision: number; content: DraftContent }>): Promise<{ revision: number }> {
  await authorize(ctx, "save-draft");
  const { id, revision, content } = inputSchema.parse(input);
  if ((await readDraft(ctx, id)).creation) {
    throw new ConsoleFailure({
      code: "conflict",
      message:
        "This pipeline is being created. Finish that, or remove what was created, to change the draft again.",
    });
  }
  return { revision: await updateDraft(ctx, { id, revision }, { content: content as DraftContent }) };
}
