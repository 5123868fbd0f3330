import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { permits } from "@/lib/auth/permissions";
import { pipelineBuilds } from "../image-builds/pipeline-builds";
import { sharedAnswer } from "../shared-answer";
import type { UseCase, UseCaseContext } from "../use-case-context";
import { allPipelines } from "./all-pipelines";
import { toPipelineSummary } from "./to-pipeline-summary";
import type { PipelineSummary } from "./types";

/** Every pipeline of the target that the actor may see, by name, with its newest builds. */
export async function listPipelines({ ctx }: UseCase): Promise<PipelineSummary[]> {
  await authorize(ctx, "list-pipelines");
  return sharedAnswer(ctx, "list-pipelines", () => summarizePipelines(ctx));
}

async function summarizePipelines(ctx: UseCaseContext): Promise<PipelineSummary[]> {
  const pipelines = (await allPipelines(ctx)).filter(({ name = "" }) =>
    permits(ctx.actor, "get-pipeline", ctx.target.id, name),
  );
  const summaries = await Promise.all(
    pipelines.map(async (pipeline) => {
      const builds = await pipelineBuilds(ctx, pipeline, { among: pipelines.length });
      return toPipelineSummary(pipeline, builds, ctx.clock.now());
    }),
  );
  return summaries.toSorted((a, b) => a.name.localeCompare(b.name));
}
