import "server-only";
import { toPipelineSummary } from "@/lib/image-builder/pipelines/to-pipeline-summary";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { buildsNow } from "./builds-now";
import { listedPipelines } from "./permitted-pipelines";
import type { PipelineList } from "./types";

/** Every pipeline of the target that the actor may see, by name, with what it did last. */
export const listPipelines = useCase("list-pipelines", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-pipelines", () => summarizePipelines(ctx)),
);

async function summarizePipelines(ctx: UseCaseContext): Promise<PipelineList> {
  const pipelines = await listedPipelines(ctx);
  const { standings, freshness } = await buildsNow(ctx, { pipelines });
  return {
    freshness,
    pipelines: pipelines
      .map((pipeline) => toPipelineSummary(pipeline, standings.get(pipeline.name ?? ""), ctx.clock.now()))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}
