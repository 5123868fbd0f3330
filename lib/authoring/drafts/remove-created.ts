import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { RESOURCE_CALLS } from "@/lib/image-builder/resources/resource-calls";
import { toConsoleError } from "@/lib/use-case/console-error";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { draftKeySchema } from "./schemas";
import { readDraft, updateDraft } from "./stored-drafts";
import type { CreationStep, PipelineDraft } from "./types";

/**
 * Deletes what the creation of a draft has made, last first, and gives the draft back for editing. Stops at what
 * AWS refuses, and says so at that step; called again it goes on there.
 */
export const removeCreated = useCase(
  "remove-created",
  draftKeySchema,
  async ({ ctx, input }): Promise<PipelineDraft> => {
    const draft = await readDraft(ctx, input.id);
    if (!draft.creation) return draft;
    let steps = draft.creation;
    for (const step of draft.creation.toReversed()) {
      if (step.state !== "done" || !step.arn) continue;
      const { kind, name, arn } = step;
      const index = steps.indexOf(step);
      try {
        await authorize(ctx, "remove-created", name);
        await recordWrite(ctx, "remove-created", { resource: name, input: { kind, arn } }, async () => {
          const answer = await ctx.aws.imageBuilder.write(RESOURCE_CALLS[kind].remove(arn));
          return { value: null, awsRequestId: requestIdOf(answer) };
        });
        steps = steps.with(index, { ...step, state: "removed", arn: undefined });
      } catch (error) {
        // Somebody else was quicker: it is gone, as it should be.
        const isGone = error instanceof ConsoleFailure && error.detail.code === "not-found";
        if (!isGone) return stoppedAt(step, index, toConsoleError(error).message);
        steps = steps.with(index, { ...step, state: "removed", arn: undefined });
      }
    }
    const revision = await updateDraft(ctx, draft, { creation: null });
    return { ...draft, revision, creation: undefined };

    async function stoppedAt(step: CreationStep, index: number, message: string): Promise<PipelineDraft> {
      const creation = steps.with(index, {
        ...step,
        error: { message: `Couldn't delete it. ${message}` },
      });
      const revision = await updateDraft(ctx, draft, { creation });
      return { ...draft, revision, creation };
    }
  },
);
