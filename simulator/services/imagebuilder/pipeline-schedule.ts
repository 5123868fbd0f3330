import type { Schedule } from "@aws-sdk/client-imagebuilder";
import { isTimeZone, nextRuns, parseSchedule } from "../../factory/schedule";
import { pipelineBuilds } from "./build-history";
import { invalidValue } from "./exceptions";
import { buildStateOf } from "./image-build-state";
import type { PipelineRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";

/** AWS disables a pipeline after so many scheduled failures in a row when its policy says nothing. */
const DEFAULT_FAILURE_LIMIT = 5;

export function checkSchedule({ scheduleExpression = "", timezone }: Schedule): void {
  const parsed = parseSchedule(scheduleExpression);
  if (!parsed.ok) invalidValue("scheduleExpression", parsed.message);
  if (timezone && !isTimeZone(timezone)) invalidValue("timezone", `'${timezone}' is not a time zone.`);
}

/** Epoch milliseconds of the runs that a schedule asks for after `from`; none for a manual or disabled pipeline. */
export function runsAfter(pipeline: PipelineRow, from: number, count: number): number[] {
  const { schedule, status, dateUpdated, dateCreated } = pipeline;
  if (!schedule?.scheduleExpression || status !== "ENABLED") return [];
  const anchor = Date.parse(dateUpdated ?? dateCreated ?? "");
  return nextRuns(schedule.scheduleExpression, schedule.timezone, from, count, anchor);
}

const nextRunsFound = new WeakMap<PipelineRow, { since: number; at: number | undefined }>();

/** The first run after `now`, remembered until it comes: walking a calendar takes a millisecond. */
export function nextRunOf(pipeline: PipelineRow, now: number): number | undefined {
  const known = nextRunsFound.get(pipeline);
  if (known && known.since <= now && (known.at === undefined || known.at > now)) return known.at;
  const at = firstRunAfter(pipeline, now);
  nextRunsFound.set(pipeline, { since: now, at });
  return at;
}

/** A schedule that cannot be read has no next run; that it fails is said when its time is looked at. */
function firstRunAfter(pipeline: PipelineRow, now: number): number | undefined {
  try {
    return runsAfter(pipeline, now, 1)[0];
  } catch {
    return undefined;
  }
}

/** Scheduled failures in a row: a success of any kind and an update start again at 0, a failure by hand does not count. */
export function consecutiveFailures(store: ImageBuilderStore, pipeline: PipelineRow, now: number): number {
  let failures = 0;
  for (const build of pipelineBuilds(store, pipeline)) {
    if (build.startedAt < (pipeline.failuresCountedFrom ?? 0)) break;
    const { status, finished } = buildStateOf(store, build, now);
    if (status === "FAILED" && build.buildType === "SCHEDULED") failures++;
    else if (finished && status !== "FAILED" && status !== "CANCELLED") break;
  }
  return failures;
}

/** Whether the pipeline has failed as often as its policy allows. */
export function hasFailedTooOften(store: ImageBuilderStore, pipeline: PipelineRow, now: number): boolean {
  const limit = pipeline.schedule?.autoDisablePolicy?.failureCount ?? DEFAULT_FAILURE_LIMIT;
  return consecutiveFailures(store, pipeline, now) >= limit;
}
