import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "../use-case-context";
import { draftIdField } from "./schemas";
import { readDraft } from "./stored-drafts";
import type { PipelineDraft } from "./types";

/** A draft as it was saved last. Throws `not-found`. */
export async function getDraft({ ctx, input }: UseCase<{ id: string }>): Promise<PipelineDraft> {
  await authorize(ctx, "get-draft");
  return readDraft(ctx, draftIdField.parse(input.id));
}
