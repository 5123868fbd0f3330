import "server-only";
import type { ImagePipeline, Schedule } from "@aws-sdk/client-imagebuilder";
import { nameInArn, parseImageBuilderArn } from "@/lib/core/arn";
import { describeSchedule } from "@/lib/schedule/describe-schedule";
import { isInFlight } from "../image-builds/build-status";
import type { ImageBuildSummary } from "../image-builds/types";
import { pipelineNextRuns } from "./pipeline-next-runs";
import type { BuildMark, PipelineSchedule, PipelineSummary, RecipeRef } from "./types";

/** What a pipeline built last, as far as it is known. */
type Ran = {
  lastBuild?: PipelineSummary["lastBuild"];
  streak?: { result: "succeeded" | "failed"; count: number };
};

/** A pipeline as lists show it. `ran` is undefined while nothing is known of its builds. */
export function toPipelineSummary(
  pipeline: ImagePipeline & { arn: string },
  ran: Ran | undefined,
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
    lastBuild: ran?.lastBuild && markOf(ran.lastBuild),
    buildsAreRead: ran !== undefined,
    streak: ran?.streak && {
      result: ran.streak.result === "succeeded" ? "good" : "bad",
      count: ran.streak.count,
    },
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

/** A list of a thousand pipelines carries of each build what it shows. */
const markOf = ({ name, version, build, status, createdAt, pipelineName }: BuildMark): BuildMark => ({
  name,
  version,
  build,
  status,
  createdAt,
  pipelineName,
});

/** Equal results in a row from the newest finished build on. A canceled build is no result. */
export function streakOf(builds: ImageBuildSummary[]): Ran["streak"] {
  const results = builds
    .filter(({ status }) => !isInFlight(status) && status !== "CANCELLED")
    .map(({ status }) => (status === "FAILED" ? ("failed" as const) : ("succeeded" as const)));
  const [newest] = results;
  if (!newest) return undefined;
  const end = results.findIndex((result) => result !== newest);
  return { result: newest, count: end === -1 ? results.length : end };
}
