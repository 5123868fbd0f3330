import type { Schedule } from "@aws-sdk/client-imagebuilder";
import { pipelineBuilds } from "./build-history";
import { buildStateOf } from "./image-build-state";
import type { PipelineRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";

export function checkSchedule(_schedule: Schedule, _now: number): void {}

export function nextRunOf(_pipeline: PipelineRow, _now: number): number | undefined {
  return undefined;
}

/** Scheduled failures in a row: a success of any kind and an update start again at 0, a failure by hand does not count. */
export function consecutiveFailures(store: ImageBuilderStore, pipeline: PipelineRow, now: number): number {
  let failures = 0;
  for (const build of pipelineBuilds(store, pipeline)) {
    if (build.startedAt < (pipeline.failuresCountedFrom ?? 0)) break;
    const { status } = buildStateOf(store, build, now);
    if (status === "FAILED" && build.buildType === "SCHEDULED") failures++;
    else if (status !== "FAILED" && status !== "CANCELLED" && buildStateOf(store, build, now).finished) break;
  }
  return failures;
}
