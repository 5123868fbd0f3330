import "server-only";
import type { ImagePipeline, Schedule } from "@aws-sdk/client-imagebuilder";
import { nameInArn, parseImageBuilderArn } from "@/lib/core/arn";
import { describeSchedule } from "@/lib/schedule/describe-schedule";
import { isInFlight } from "../image-builds/build-status";
import type { ImageBuildSummary } from "../image-builds/types";
import { pipelineNextRuns } from "./pipeline-next-runs";
import type { PipelineSchedule, PipelineSummary, RecipeRef } from "./types";

/** A pipeline as lists show it. `builds` are newest first, and undefined while they are not read yet. */
export function toPipelineSummary(
  pipeline: ImagePipeline & { arn: string },
  builds: ImageBuildSummary[] | undefined,
  nowMs: number,
): PipelineSummary {
  const { arn, name, status = "ENABLED", platform, tags = {} } = pipeline;
  const schedule = toSchedule(pipeline.schedule);
  const [nextRunAt] = pipelineNextRuns({ ...pipeline, status }, { nowMs, count: 1 });
  return {
    arn,
    name: name ?? nameInArn(arn),
    description: pipeline.description,
    status,
    type: pipeline.containerRecipeArn ? "DOCKER" : "AMI",
    platform,
    recipe: toRecipeRef(pipeline),
    schedule,
    nextRunAt,
    lastBuild: builds?.[0],
    buildsAreRead: builds !== undefined,
    streak: streakOf(builds ?? []),
    consecutiveFailures: pipeline.consecutiveFailures,
    tags,
  };
}

function toSchedule(schedule: Schedule | undefined): PipelineSchedule | undefined {
  if (!schedule?.scheduleExpression) return undefined;
  const { scheduleExpression: expression, timezone = "UTC", autoDisablePolicy } = schedule;
  return {
    expression,
    timezone,
    startCondition:
      schedule.pipelineExecutionStartCondition ?? "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
    autoDisableFailureCount: autoDisablePolicy?.failureCount,
    words: describeSchedule(expression, timezone),
  };
}

function toRecipeRef({ imageRecipeArn, containerRecipeArn }: ImagePipeline): RecipeRef {
  const arn = imageRecipeArn ?? containerRecipeArn ?? "";
  const { name = arn, version = "" } = parseImageBuilderArn(arn) ?? {};
  return { kind: containerRecipeArn ? "container-recipe" : "image-recipe", name, version, arn };
}

/** Equal results in a row from the newest finished build on. A cancelled build is no result. */
function streakOf(builds: ImageBuildSummary[]): PipelineSummary["streak"] {
  const results = builds
    .filter(({ status }) => !isInFlight(status) && status !== "CANCELLED")
    .map(({ status }) => (status === "FAILED" ? ("bad" as const) : ("good" as const)));
  const [newest] = results;
  if (!newest) return undefined;
  const end = results.findIndex((result) => result !== newest);
  return { result: newest, count: end === -1 ? results.length : end };
}
