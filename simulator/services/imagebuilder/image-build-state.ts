import { buildAt, buildStateAt, imagesAt, logUntil } from "../../factory/build-at";
import { compileBuild } from "../../factory/compile-build";
import type { BuildArtifact, BuildScript, BuildSnapshot, FailureContext } from "../../factory/types";
import { type List, listOf } from "../logs/event-list";
import type { LogEvent } from "../logs/placed-event";
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

interface Ended {
  startedAt: number;
  interventions: number;
  state: BuildState & { endedAt: number };
}

interface Memory {
  /** The last few scripts: compiling costs more than keeping them, but a history is long. */
  scripts: Map<string, BuildScript>;
  /** How builds ended, as they were with so many interventions. */
  ended: Map<string, Ended>;
}

const KEPT_SCRIPTS = 200;
const memories = new WeakMap<ImageBuilderStore, Memory>();

/** Milliseconds of the build's own time. */
export const elapsedMs = (row: ImageBuildRow, now: number): number =>
  Math.floor((now - row.startedAt) * row.speed);

/** Epoch milliseconds by which a moment of the build's own time has come. */
export const timeOf = (row: ImageBuildRow, ms: number): number => row.startedAt + Math.ceil(ms / row.speed);

function memoryOf(store: ImageBuilderStore): Memory {
  const memory = memories.get(store) ?? { scripts: new Map(), ended: new Map() };
  memories.set(store, memory);
  return memory;
}

export function scriptOf(store: ImageBuilderStore, row: ImageBuildRow): BuildScript {
  const { scripts } = memoryOf(store);
  const script = knownScript(store, row) ?? compileBuild(buildInputOf(store, row));
  scripts.delete(row.arn);
  scripts.set(row.arn, script);
  for (const oldest of scripts.keys()) {
    if (scripts.size <= KEPT_SCRIPTS) break;
    scripts.delete(oldest);
  }
  return script;
}

function knownScript(store: ImageBuilderStore, row: ImageBuildRow): BuildScript | undefined {
  const known = memoryOf(store).scripts.get(row.arn);
  return known?.input.startedAtMs === row.startedAt ? known : undefined;
}

const optionsOf = (row: ImageBuildRow) => ({ interventions: row.interventions ?? [] });

/** All of a build at `now`: workflows, steps, artifacts. */
export function snapshotOf(store: ImageBuilderStore, row: ImageBuildRow, now: number): BuildSnapshot {
  return buildAt(scriptOf(store, row), elapsedMs(row, now), optionsOf(row));
}

/** The AMIs and container images that the build has made by `now`, in order. */
export function imagesOf(store: ImageBuilderStore, row: ImageBuildRow, now: number): BuildArtifact[] {
  if (row.interventions?.length) {
    return snapshotOf(store, row, now).artifacts.filter(
      ({ kind }) => kind === "ami" || kind === "container-pushed",
    );
  }
  return imagesAt(compileBuild(buildInputOf(store, row)), elapsedMs(row, now));
}

/** The build's log up to `now`, with the times at which its lines were written. */
export function logOf(store: ImageBuilderStore, row: ImageBuildRow, now: number): List<LogEvent> {
  const { lines, length } = logUntil(scriptOf(store, row), elapsedMs(row, now), optionsOf(row));
  return listOf(length, (index) => {
    const line = lines[index];
    return line && { timestamp: timeOf(row, line.offsetMs), message: line.message };
  });
}

/** The state that a lifecycle change lays over the end of the build. */
export function buildStateOf(store: ImageBuilderStore, row: ImageBuildRow, now: number): BuildState {
  const state = playedState(store, row, now);
  if (!row.lifecycle) return state;
  const { status, reason } = row.lifecycle;
  return { ...state, status, ...(reason && { reason }) };
}

function playedState(store: ImageBuilderStore, row: ImageBuildRow, now: number): BuildState {
  const { ended } = memoryOf(store);
  const interventions = row.interventions?.length ?? 0;
  const known = ended.get(row.arn);
  const same = known?.startedAt === row.startedAt && known.interventions === interventions;
  if (same && known.state.endedAt <= now) return known.state;
  const script = knownScript(store, row) ?? compileBuild(buildInputOf(store, row));
  const { totalMs, ...state } = buildStateAt(script, elapsedMs(row, now), optionsOf(row));
  if (!state.finished) return state;
  const end = { ...state, endedAt: timeOf(row, totalMs) };
  ended.set(row.arn, { startedAt: row.startedAt, interventions, state: end });
  return end;
}
