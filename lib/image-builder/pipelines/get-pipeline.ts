import "server-only";
import { namedSchema } from "@/lib/definitions/schemas";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { pipelineBuilds } from "../image-builds/pipeline-builds";
import { toInstant } from "../image-builds/to-image-build-summary";
import { findPipeline } from "./find-pipeline";
import { pipelineNextRuns } from "./pipeline-next-runs";
import { readDistribution, readInfrastructure, readRecipe } from "./pipeline-parts";
import { streakOf, toPipelineSummary } from "./to-pipeline-summary";
import type { Pipeline } from "./types";

const MAX_BUILDS = 25;

/** A pipeline with what it is made of. A part that AWS refuses is named in `hidden` and left out. */
export const getPipeline = useCase("get-pipeline", namedSchema, ({ ctx, input: { name } }) =>
  sharedAnswer(ctx, `get-pipeline ${name}`, () => describePipeline(ctx, name)),
);

async function describePipeline(ctx: UseCaseContext, name: string): Promise<Pipeline> {
  const { pipeline } = await findPipeline(ctx, name);
  const [builds, recipe, infrastructure, distribution] = await Promise.all([
    pipelineBuilds(ctx, pipeline, { among: 1 }),
    unlessFailed(readRecipe(ctx, pipeline), undefined),
    unlessFailed(readInfrastructure(ctx, pipeline.infrastructureConfigurationArn), undefined),
    unlessFailed(readDistribution(ctx, pipeline.distributionConfigurationArn), undefined),
  ]);
  const nowMs = ctx.clock.now();
  const { imageTestsConfiguration: tests, imageScanningConfiguration: scanning } = pipeline;
  const hidden = (part: Pipeline["hidden"][number]["part"], reason: string | undefined) =>
    reason ? [{ part, reason }] : [];
  return {
    ...toPipelineSummary(pipeline, { lastBuild: builds[0], streak: streakOf(builds) }, nowMs),
    recentBuilds: builds.slice(0, MAX_BUILDS),
    createdAt: toInstant(pipeline.dateCreated),
    updatedAt: toInstant(pipeline.dateUpdated),
    enhancedImageMetadata: pipeline.enhancedImageMetadataEnabled ?? true,
    imageTests: { enabled: tests?.imageTestsEnabled ?? true, timeoutMinutes: tests?.timeoutMinutes },
    imageScanningEnabled: scanning?.imageScanningEnabled ?? false,
    executionRole: pipeline.executionRole,
    workflowArns: (pipeline.workflows ?? []).flatMap(({ workflowArn = [] }) => workflowArn),
    nextRuns: pipelineNextRuns(pipeline, { nowMs, count: 3 }),
    recipeDetail: recipe.value,
    infrastructure: infrastructure.value,
    distribution: distribution.value,
    hidden: [
      ...hidden("recipe", recipe.reason),
      ...hidden("infrastructure", infrastructure.reason),
      ...hidden("distribution", distribution.reason),
    ],
  };
}
