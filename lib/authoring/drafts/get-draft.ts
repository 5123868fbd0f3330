import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { draftIdField } from "./schemas";
import { readDraft } from "./stored-drafts";
import type { PipelineDraft } from "./types";

const NO_DRAFT = "00000000-0000-0000-0000-000000000000";

/** A draft as it was saved last. Throws `not-found`. */
export async function getDraft({ ctx, input }: UseCase<{ id: string }>): Promise<PipelineDraft> {
  await authorize(ctx, "get-draft");
  // An address that can be no draft's is answered as one whose draft is gone.
  return readDraft(ctx, draftIdField.safeParse(input.id).data ?? NO_DRAFT);
}
