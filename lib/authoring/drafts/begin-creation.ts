import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import { authorizeNames } from "@/lib/use-case/authorize-names";
import { useCase } from "@/lib/use-case/use-case";
import { placeOf } from "./create-draft";
import { planDraft } from "./draft-plan";
import { draftIdField } from "./schemas";
import { readDraft, updateDraft } from "./stored-drafts";
import type { CreationStep, PipelineDraft } from "./types";

const inputSchema = z.object({ id: draftIdField, revision: z.int().min(1) });

/**
 * Fixes what a draft is going to create, with a token for each write, and creates nothing yet. Throws `invalid`
 * with every field that is missing or wrong.
 */
export const beginCreation = useCase(
  "begin-creation",
  inputSchema,
  async ({ ctx, input: { id, revision } }): Promise<PipelineDraft> => {
    const draft = await readDraft(ctx, id);
    if (draft.creation) return draft;
    const plan = planDraft(draft.content, placeOf(ctx.target));
    if (!plan.ok) {
      throw new ConsoleFailure({
        code: "invalid",
        message: "Some fields are missing or wrong.",
        fields: Object.fromEntries(
          Object.entries(plan.errors).flatMap(([step, errors]) =>
            Object.entries(errors).map(([path, message]) => [`${step}.${path}`, message]),
          ),
        ),
      });
    }
    const inputs = plan.resources.map(({ input }) => input);
    await authorizeNames(ctx, "begin-creation", inputs);
    const creation = plan.resources.map(
      ({ kind, arn, input: { name } }): CreationStep => ({
        kind,
        name,
        plannedArn: arn,
        clientToken: randomUUID(),
        state: "waiting",
      }),
    );
    const next = await updateDraft(ctx, { id, revision }, { creation });
    return { ...draft, revision: next, creation };
  },
);
