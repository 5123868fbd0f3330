import { HOUR_MS } from "../../engine/clock";
import type { ForResource } from "../../engine/settling";
import { pipelineBuilds } from "./build-history";
import { findContainerRecipe } from "./container-recipes";
import { checkSchedule, runsAfter } from "./pipeline-schedule";
import { findImageRecipe } from "./recipes";
import type { PipelineRow } from "./resource-rows";
import { componentsInUse, parentOf, startPipelineBuild } from "./start-build";
import type { ImageBuilderStore } from "./store";

/** After a long pause of the simulator only the newest runs are made up for. */
const MOST_MISSED_RUNS = 50;

/** When a pipeline is due next, of the row it was worked out for. */
const nextDue = new WeakMap<PipelineRow, number>();

/** Starts the builds that schedules asked for since they were last followed. */
export function followSchedules(store: ImageBuilderStore, now: number, forResource: ForResource): void {
  for (const pipeline of store.pipelines.values()) {
    forResource(pipeline.arn, () => {
      const due = nextDue.get(pipeline) ?? firstDue(pipeline);
      nextDue.set(pipeline, due);
      if (due <= now) catchUp(store, pipeline, now);
    });
  }
}

/** Throws for a schedule that an older simulator took and this one does not: else it would never run and never say why. */
function firstDue(pipeline: PipelineRow): number {
  if (pipeline.schedule?.scheduleExpression !== undefined) checkSchedule(pipeline.schedule);
  return runsAfter(pipeline, pipeline.scheduleCheckedAt, 1)[0] ?? Number.POSITIVE_INFINITY;
}

function catchUp(store: ImageBuilderStore, pipeline: PipelineRow, now: number): void {
  const runs = missedRuns(pipeline, now);
  store.pipelines.put({ ...pipeline, scheduleCheckedAt: runs.at(-1) ?? now });
  for (const at of runs.slice(-MOST_MISSED_RUNS)) run(store, pipeline, at, now);
}

/** At least the newest runs up to `now`, oldest first: the look back grows, so that not every run of a long pause is walked. */
function missedRuns(pipeline: PipelineRow, now: number): number[] {
  for (let backMs = HOUR_MS; ; backMs *= 4) {
    const isAll = now - backMs <= pipeline.scheduleCheckedAt;
    const start = isAll ? pipeline.scheduleCheckedAt : now - backMs;
    const runs = runsBetween(pipeline, start, now);
    if (isAll || runs.length >= MOST_MISSED_RUNS) return runs;
  }
}

function runsBetween(pipeline: PipelineRow, start: number, end: number): number[] {
  const runs: number[] = [];
  const next = () => runsAfter(pipeline, runs.at(-1) ?? start, 1)[0];
  for (let at = next(); at !== undefined && at <= end; at = next()) runs.push(at);
  return runs;
}

function run(store: ImageBuilderStore, pipeline: PipelineRow, at: number, now: number): void {
  const onUpdatesOnly =
    pipeline.schedule?.pipelineExecutionStartCondition ===
    "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE";
  try {
    const update = onUpdatesOnly ? dependencyUpdate(store, pipeline, at) : undefined;
    if (onUpdatesOnly && update === undefined) {
      tell(store, pipeline, at, "Pipeline execution skipped: no dependency updates are available.");
      return;
    }
    // What was missed while the simulator was off went at the pace of life.
    const pace = now - at > 2 * HOUR_MS ? { speed: 1 } : {};
    const tags = pipeline.imageTags ?? {};
    const build = startPipelineBuild(store, pipeline, {
      buildType: "SCHEDULED",
      startedAt: at,
      tags,
      ...pace,
    });
    const why = update ? ` Dependency update available: ${update}` : "";
    tell(store, pipeline, at, `Pipeline execution started. Image build version: ${build.arn}.${why}`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell(store, pipeline, at, `Pipeline execution could not be started: ${message}`);
  }
}

/** The ARN or parameter of something new since the last build; undefined when all is as it was. */
function dependencyUpdate(store: ImageBuilderStore, pipeline: PipelineRow, at: number): string | undefined {
  const recipe = pipeline.imageRecipeArn
    ? findImageRecipe(store, pipeline.imageRecipeArn)
    : findContainerRecipe(store, pipeline.containerRecipeArn);
  const last = pipelineBuilds(store, pipeline)[0];
  if (!recipe) return undefined;
  if (!last) return recipe.arn;
  const { parent } = parentOf(store, recipe, at);
  const isFrozen = parent.reference.startsWith("ami-");
  if (!isFrozen && parent.amiId !== last.parent.amiId) return parent.imageArn ?? parent.reference;
  const before = new Set(last.components.map(({ arn }) => arn));
  return componentsInUse(store, recipe.components).find(({ arn }) => !before.has(arn))?.arn;
}

function tell(store: ImageBuilderStore, pipeline: PipelineRow, at: number, message: string): void {
  store.pipelineEvents.put({ key: `${pipeline.arn} ${at}`, pipelineArn: pipeline.arn, at, message });
}
