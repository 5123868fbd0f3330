import type { ForResource } from "../../engine/settling";
import { pipelineBuilds } from "./build-history";
import { findContainerRecipe } from "./container-recipes";
import { runsAfter } from "./pipeline-schedule";
import { findImageRecipe } from "./recipes";
import type { PipelineRow } from "./resource-rows";
import { componentsInUse, parentOf, startPipelineBuild } from "./start-build";
import type { ImageBuilderStore } from "./store";

const HOUR_MS = 3_600_000;
/** After a long pause of the simulator only the newest runs are made up for. */
const MOST_MISSED_RUNS = 50;

/** When a pipeline is due next, of the row it was worked out for. */
const nextDue = new WeakMap<PipelineRow, number>();

/** Starts the builds that schedules asked for since they were last followed. */
export function followSchedules(store: ImageBuilderStore, now: number, forResource: ForResource): void {
  for (const pipeline of store.pipelines.values()) {
    forResource(pipeline.arn, () => {
      const due =
        nextDue.get(pipeline) ??
        runsAfter(pipeline, pipeline.scheduleCheckedAt, 1)[0] ??
        Number.POSITIVE_INFINITY;
      nextDue.set(pipeline, due);
      if (due <= now) catchUp(store, pipeline, now);
    });
  }
}

function catchUp(store: ImageBuilderStore, pipeline: PipelineRow, now: number): void {
  const runs: number[] = [];
  let from = pipeline.scheduleCheckedAt;
  for (
    let at = runsAfter(pipeline, from, 1)[0];
    at !== undefined && at <= now;
    at = runsAfter(pipeline, from, 1)[0]
  ) {
    runs.push(at);
    from = at;
  }
  store.pipelines.put({ ...pipeline, scheduleCheckedAt: from });
  for (const at of runs.slice(-MOST_MISSED_RUNS)) run(store, pipeline, at, now);
}

function run(store: ImageBuilderStore, pipeline: PipelineRow, at: number, now: number): void {
  const onUpdatesOnly =
    pipeline.schedule?.pipelineExecutionStartCondition ===
    "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE";
  const update = onUpdatesOnly ? dependencyUpdate(store, pipeline, at) : undefined;
  if (onUpdatesOnly && update === undefined) {
    tell(store, pipeline, at, "Pipeline execution skipped: no dependency updates are available.");
    return;
  }
  try {
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
