import { buildAt, logEventsBetween } from "../../build/build-at";
import { compileBuild } from "../../build/compile-build";
import type { BuildScript, BuildSnapshot, FailureContext } from "../../build/types";
import { buildInputOf } from "./build-input";
import type { ImageBuildRow } from "./image-build-row";
import type { ImageBuilderStore } from "./store";

/** What lists and answers say of a build at one moment. */
export interface BuildState {
  status: string;
  reason?: string;
  failureContext?: FailureContext;
  outputs: BuildSnapshot["outputs"];
  finished: boolean;
  /** Epoch milliseconds; absent while it runs. */
  endedAt?: number;
}

interface Known {
  script: BuildScript;
  /** The end of the build as it was with so many interventions. */
  ended?: { state: BuildState; interventions: number };
}

const known = new WeakMap<ImageBuilderStore, Map<string, Known>>();

/** Milliseconds of the build's own time. */
export const elapsedMs = (row: ImageBuildRow, now: number): number =>
  Math.floor((now - row.startedAt) * row.speed);

/** Epoch milliseconds of a moment in the build's own time. */
export const timeOf = (row: ImageBuildRow, ms: number): number => row.startedAt + Math.round(ms / row.speed);

function knownOf(store: ImageBuilderStore, row: ImageBuildRow): Known {
  const builds = known.get(store) ?? new Map<string, Known>();
  known.set(store, builds);
  const earlier = builds.get(row.arn);
  if (earlier && earlier.script.input.startedAtMs === row.startedAt) return earlier;
  const fresh = { script: compileBuild(buildInputOf(store, row)) };
  builds.set(row.arn, fresh);
  return fresh;
}

const optionsOf = (row: ImageBuildRow) => ({ interventions: row.interventions ?? [] });

export const scriptOf = (store: ImageBuilderStore, row: ImageBuildRow): BuildScript =>
  knownOf(store, row).script;

/** All of a build at `now`: workflows, steps, artifacts. */
export function snapshotOf(store: ImageBuilderStore, row: ImageBuildRow, now: number): BuildSnapshot {
  return buildAt(knownOf(store, row).script, elapsedMs(row, now), optionsOf(row));
}

/** The build's log up to `now`, with the times at which its lines were written. */
export function logOf(store: ImageBuilderStore, row: ImageBuildRow, now: number) {
  const events = logEventsBetween(knownOf(store, row).script, -1, elapsedMs(row, now), optionsOf(row));
  return events.map(({ offsetMs, message }) => ({ timestamp: timeOf(row, offsetMs), message }));
}

/** The state that a lifecycle change lays over the end of the build. */
export function buildStateOf(store: ImageBuilderStore, row: ImageBuildRow, now: number): BuildState {
  const state = playedState(store, row, now);
  if (!row.lifecycle) return state;
  const { status, reason } = row.lifecycle;
  return { ...state, status, ...(reason && { reason }) };
}

function playedState(store: ImageBuilderStore, row: ImageBuildRow, now: number): BuildState {
  const entry = knownOf(store, row);
  const interventions = row.interventions?.length ?? 0;
  const { ended } = entry;
  if (
    ended?.interventions === interventions &&
    ended.state.endedAt !== undefined &&
    ended.state.endedAt <= now
  ) {
    return ended.state;
  }
  const { status, reason, failureContext, outputs, finished, totalMs } = snapshotOf(store, row, now);
  const state: BuildState = {
    status,
    ...(reason && { reason }),
    ...(failureContext && { failureContext }),
    outputs,
    finished,
    ...(finished && { endedAt: timeOf(row, totalMs) }),
  };
  if (finished) entry.ended = { state, interventions };
  return state;
}
