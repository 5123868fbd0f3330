import "server-only";
import { parseImageBuilderArn, versionArnOf } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import type { JsonObject } from "@/lib/definitions/types";
import { createResource } from "@/lib/image-builder/resources/create-resource";
import { toConsoleError } from "@/lib/use-case/console-error";
import { useCase } from "@/lib/use-case/use-case";
import { placeOf } from "./create-draft";
import { planDraft } from "./draft-plan";
import { draftKeySchema } from "./schemas";
import { readDraft, updateDraft } from "./stored-drafts";
import type { CreationStep, PipelineDraft } from "./types";

/**
 * Runs the first write of a creation that is not done, and saves how it ended. Called until all are done or one
 * failed; a call repeated after a crash sends the same token, by which AWS knows the write.
 */
export const runCreationStep = useCase(
  "run-creation-step",
  draftKeySchema,
  async ({ ctx, input }): Promise<PipelineDraft> => {
    const draft = await readDraft(ctx, input.id);
    const { creation, content } = draft;
    const index = creation?.findIndex(({ state }) => state !== "done") ?? -1;
    const step = creation?.[index];
    const plan = planDraft(content, placeOf(ctx.target));
    if (!creation || !step) return draft;
    const resource = plan.ok ? plan.resources[index] : undefined;
    if (!resource) {
      throw new ConsoleFailure({
        code: "conflict",
        message: "The draft no longer matches its creation.",
      });
    }
    const body = withMadeArns(resource.input as JsonObject, creation);
    const ended = await createResource({
      ctx,
      input: { kind: step.kind, input: body, clientToken: step.clientToken },
    }).then(
      ({ arn }): CreationStep => ({ ...step, state: "done", arn, error: undefined }),
      (error: unknown): CreationStep => {
        const { message, fields, missingAction } = toConsoleError(error);
        return {
          ...step,
          state: "failed",
          error: { message, fields: fields ?? fieldOfTakenName(message), missingAction },
        };
      },
    );
    const after = creation.with(index, ended);
    const revision = await updateDraft(ctx, draft, { creation: after });
    return { ...draft, revision, creation: after };
  },
);

/** A name that is taken is no field in AWS's words: `The following resource 'Component' already exists`. */
const fieldOfTakenName = (message: string) =>
  /already exists/i.test(message) ? { name: message } : undefined;

/** What refers to another part by the ARN it was going to have gets the one it has. */
function withMadeArns(input: JsonObject, creation: CreationStep[]): JsonObject {
  const made = new Map(
    creation.flatMap(({ plannedArn, arn }) => (arn ? [[plannedArn, versionOf(arn, plannedArn)]] : [])),
  );
  return JSON.parse(JSON.stringify(input), (_, value: unknown) =>
    typeof value === "string" ? (made.get(value) ?? value) : value,
  ) as JsonObject;
}

/** AWS answers with a component's build; recipes name its version. */
const versionOf = (arn: string, planned: string) =>
  parseImageBuilderArn(planned)?.build ? arn : versionArnOf(arn);
