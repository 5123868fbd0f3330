import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { draftIdField } from "./schemas";
import { readDraft, removeDraft } from "./stored-drafts";

/** Throws a draft away. Refused while AWS has something of it that would be left without its pipeline. */
export async function discardDraft({ ctx, input }: UseCase<{ id: string }>): Promise<null> {
  await authorize(ctx, "discard-draft");
  const id = draftIdField.parse(input.id);
  const { creation = [] } = await readDraft(ctx, id);
  if (creation.some(({ state }) => state === "done") && creation.some(({ state }) => state !== "done")) {
    throw new ConsoleFailure({
      code: "conflict",
      message: "A part of this pipeline exists in AWS. Finish the creation, or remove that part first.",
    });
  }
  await removeDraft(ctx, id);
  return null;
}
