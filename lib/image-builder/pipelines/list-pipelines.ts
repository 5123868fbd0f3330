import "server-only";
import { permits } from "@/lib/auth/permissions";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { buildsOfPipelines } from "../image-builds/builds-of-pipelines";
import { allPipelines } from "./all-pipelines";
import { toPipelineSummary } from "./to-pipeline-summary";
import type { PipelineSummary } from "./types";

/** Every pipeline of the target that the actor may see, by name, with what it did last. */
export const listPipelines = useCase("list-pipelines", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-pipelines", () => summarizePipelines(ctx)),
);

async function summarizePipelines(ctx: UseCaseContext): Promise<PipelineSummary[]> {
  const pipelines = (await allPipelines(ctx)).filter(({ name = "" }) =>
    permits(ctx.actor, "get-pipeline", ctx.target.id, name),
  );
  const builds = await buildsOfPipelines(ctx, pipelines);
  return pipelines
    .map((pipeline) => toPipelineSummary(pipeline, builds.get(pipeline.arn), ctx.clock.now()))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
