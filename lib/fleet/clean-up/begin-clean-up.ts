import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { namedSchema } from "@/lib/definitions/schemas";
import { findPipeline } from "@/lib/image-builder/pipelines/find-pipeline";
import { setPipelineStatus } from "@/lib/image-builder/pipelines/set-pipeline-status";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { keepCleanUp } from "./clean-up-rows";
import { workOutCleanUp } from "./plan-clean-up";

/**
 * Begins a clean-up: keeps what the pipeline made, so that it can be finished also without the pipeline, and disables
 * the pipeline if it goes, so that its schedule starts no build meanwhile. Removes nothing yet.
 */
export const beginCleanUp = useCase(
  "begin-clean-up",
  namedSchema,
  async ({ ctx, input: { name } }): Promise<null> => {
    const { plan, made } = await workOutCleanUp(ctx, name);
    if (plan.goes.length === 0)
      throw new ConsoleFailure({ code: "conflict", message: "Nothing of it can be removed now." });
    if (!plan.isGone && plan.goes.some(({ kind }) => kind === "image-pipeline")) {
      const { pipeline } = await findPipeline(ctx, name);
      if (pipeline.status !== "DISABLED")
        await setPipelineStatus({ ctx, input: { name, status: "DISABLED" } });
    }
    const write = { resource: name, input: { name }, after: { goes: plan.goes.map(({ id }) => id) } };
    return recordWrite(ctx, "begin-clean-up", write, async () => {
      await keepCleanUp(ctx, name, made);
      return { value: null };
    });
  },
);
