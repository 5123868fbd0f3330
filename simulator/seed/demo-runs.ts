import { DAY_MS, MINUTE_MS } from "../engine/clock";
import { hash32 } from "../factory/deterministic";
import { nextRuns, parseSchedule } from "../factory/schedule";
import { DEMO_PIPELINES } from "./demo-pipelines";
import type { DemoPipeline } from "./demo-types";

const HISTORY_DAYS = 90;
/** A build of history has ended by the time the simulator is set up. */
const LONGEST_BUILD_MS = 180 * MINUTE_MS;
/** So many runs are asked for at a time: a calendar is slow to walk. */
const BATCH = 16;

/** When a pipeline was last changed, which is what a rate counts from. */
export function lastChangeOf({ recipe, schedule, nextRunInMinutes }: DemoPipeline, seededAt: number): number {
  const changedAt = seededAt - (recipe.versions.at(-1)?.daysAgo ?? HISTORY_DAYS) * DAY_MS;
  const parsed = parseSchedule(schedule.scheduleExpression);
  if (!parsed.ok || parsed.kind !== "rate" || nextRunInMinutes === undefined) return changedAt;
  return changedAt - parsed.everyMs + nextRunInMinutes * MINUTE_MS;
}

/** The moments of a pipeline's runs in the last 90 days as its schedule has them, oldest first. */
export function scheduledRuns(pipeline: DemoPipeline, seededAt: number): number[] {
  const { name, schedule, disabledDaysAgo = 0 } = pipeline;
  const from = seededAt - HISTORY_DAYS * DAY_MS;
  const until = seededAt - disabledDaysAgo * DAY_MS - LONGEST_BUILD_MS;
  const anchor = lastChangeOf(pipeline, seededAt) - HISTORY_DAYS * DAY_MS;
  const runs: number[] = [];
  for (let last: number | undefined = from; last !== undefined && last < until; last = runs.at(-1)) {
    const next = nextRuns(schedule.scheduleExpression, schedule.timezone, last, BATCH, anchor);
    if (next.length === 0) break;
    runs.push(...next);
  }
  return runs.filter((at) => at < until).map((at) => at + (hash32(`${name}/${at}/late`) % 55_000));
}

/** As many runs as were asked for in all, evenly over the 90 days. */
export function spreadRuns({ name }: DemoPipeline, builds: number, seededAt: number): number[] {
  const place = DEMO_PIPELINES.findIndex((pipeline) => pipeline.name === name);
  const stepMs = (HISTORY_DAYS * DAY_MS - LONGEST_BUILD_MS) / Math.max(builds, 1);
  const times: number[] = [];
  for (let index = place; index < builds; index += DEMO_PIPELINES.length) {
    times.push(Math.round(seededAt - LONGEST_BUILD_MS - index * stepMs));
  }
  return times.reverse();
}
