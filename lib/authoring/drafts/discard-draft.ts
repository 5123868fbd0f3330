import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import { draftKeySchema } from "./schemas";
import { readDraft, removeDraft } from "./stored-drafts";

/** Throws a draft away. Refused while AWS has something of it that would be left without its pipeline. */
export const discardDraft = useCase(
  "discard-draft",
  draftKeySchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { creation = [] } = await readDraft(ctx, id);
    if (creation.some(({ state }) => state === "done") && creation.some(({ state }) => state !== "done")) {
      throw new ConsoleFailure({
        code: "conflict",
        message:
          "Part of this pipeline exists in AWS. Finish creation, or delete the created resources first.",
      });
    }
    await removeDraft(ctx, id);
    return null;
  },
);
