import { z } from "zod";
import { urls } from "@/lib/core/urls";
import type { Pipeline, PipelineSummary } from "@/lib/image-builder/pipelines/types";
import { named } from "../operation";
import type { Place } from "../place";
import { resultOf } from "./build-resource";

const instant = z.iso.datetime();

const pipelineFields = {
  name: z.string(),
  arn: z.string(),
  description: z.string().optional(),
  status: z.string().describe("ENABLED or DISABLED; AWS may add more."),
  type: z.string().describe("AMI or DOCKER."),
  platform: z.string().optional(),
  recipe: z.object({ kind: z.string(), name: z.string(), version: z.string(), arn: z.string() }),
  schedule: z
    .object({ expression: z.string(), timezone: z.string(), startCondition: z.string() })
    .optional()
    .describe("Absent for a pipeline that is only run manually."),
  nextRunAt: instant.optional(),
  lastBuild: z
    .object({
      image: z.string(),
      version: z.string(),
      build: z.string(),
      status: z.string(),
      result: z.enum(["running", "succeeded", "failed", "canceled"]),
      createdAt: instant,
    })
    .optional(),
  isLastBuildKnown: z.boolean().describe("False while AWS was not asked for the pipeline's builds yet."),
  tags: z.record(z.string(), z.string()),
  url: z.string().describe("The pipeline's page in the console."),
};

export const pipelineSummarySchema = named("PipelineSummary", z.object(pipelineFields));

export const pipelineSchema = named(
  "Pipeline",
  z.object({
    ...pipelineFields,
    createdAt: instant.optional(),
    updatedAt: instant.optional(),
    nextRuns: z.array(instant),
    baseImage: z.string().optional(),
    components: z.array(z.object({ name: z.string(), version: z.string(), arn: z.string() })),
    infrastructure: z.object({ name: z.string(), arn: z.string() }).optional(),
    distribution: z.object({ name: z.string(), arn: z.string(), regions: z.array(z.string()) }).optional(),
    notKnown: z.array(z.string()).describe("What could not be read, and why."),
  }),
);

export const toApiPipelineSummary = (
  pipeline: PipelineSummary,
  { target, consoleUrl }: Place,
): z.output<typeof pipelineSummarySchema> => {
  const { name, arn, description, status, type, platform, recipe, schedule, lastBuild } = pipeline;
  return {
    ...{ name, arn, description, status, type, platform },
    recipe: { kind: recipe.kind, name: recipe.name, version: recipe.version, arn: recipe.arn },
    schedule: schedule && {
      expression: schedule.expression,
      timezone: schedule.timezone,
      startCondition: schedule.startCondition,
    },
    nextRunAt: pipeline.nextRunAt,
    lastBuild: lastBuild && {
      image: lastBuild.name,
      version: lastBuild.version,
      build: lastBuild.build,
      status: lastBuild.status,
      result: resultOf(lastBuild.status),
      createdAt: lastBuild.createdAt,
    },
    isLastBuildKnown: pipeline.buildsAreRead,
    tags: pipeline.tags,
    url: `${consoleUrl}${urls.pipeline(target, name)}`,
  };
};

export const toApiPipeline = (pipeline: Pipeline, place: Place): z.output<typeof pipelineSchema> => ({
  ...toApiPipelineSummary(pipeline, place),
  createdAt: pipeline.createdAt,
  updatedAt: pipeline.updatedAt,
  nextRuns: pipeline.nextRuns,
  baseImage: pipeline.recipeDetail?.parentImage,
  components: (pipeline.recipeDetail?.components ?? []).map(({ name, version, arn }) => ({
    name,
    version,
    arn,
  })),
  infrastructure: pipeline.infrastructure && {
    name: pipeline.infrastructure.name,
    arn: pipeline.infrastructure.arn,
  },
  distribution: pipeline.distribution && {
    name: pipeline.distribution.name,
    arn: pipeline.distribution.arn,
    regions: pipeline.distribution.regions.map(({ region }) => region),
  },
  notKnown: pipeline.hidden.map(({ part, reason }) => `${part}: ${reason}`),
});
