import "server-only";
import { z } from "zod";
import { useCase } from "@/lib/use-case/use-case";
import { draftIdField } from "../drafts/schemas";
import { readDraft } from "../drafts/stored-drafts";
import { runPreflight } from "./run-preflight";
import { CHECKED_STEPS, type DraftChecks } from "./types";

const inputSchema = z.object({
  id: draftIdField,
  step: z.string().pipe(z.enum(CHECKED_STEPS, "A draft has no such step.")),
});

/**
 * Looks in AWS at what one step of a draft names, as it was saved last: a preflight of that step, within what the
 * person may have looked at. Throws `not-found` for a draft that is gone.
 */
export const checkDraft = useCase(
  "check-draft",
  inputSchema,
  async ({ ctx, input: { id, step } }): Promise<DraftChecks> => {
    const { content, revision } = await readDraft(ctx, id);
    const checks = await runPreflight({
      ctx,
      input: { name: content.details.name ?? "", draft: content, step },
    });
    return { revision, checks };
  },
);
