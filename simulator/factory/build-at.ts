import { layOut, retryStageOf } from "./intervene";
import { fillInAll } from "./own-text";
import { type Outline, sharedOutline } from "./share-timelines";
import type { StepRecord, Timeline, WorkflowRecord } from "./timeline";
import type {
  BuildArtifact,
  BuildScript,
  BuildSnapshot,
  BuildStateSnapshot,
  Intervention,
  LogEvent,
  StepExecution,
  WaitingStep,
  WorkflowExecution,
} from "./types";

export interface BuildOptions {
  interventions?: readonly Intervention[];
}

const KEPT = 64;
const kept = new Map<string, { script: BuildScript; timeline: Timeline; hasLog: boolean }>();

/** Laying out costs much more than a cut: the last few timelines are kept. */
function timelineOf(
  script: BuildScript,
  { interventions = [] }: BuildOptions,
  { writesLog }: { writesLog: boolean },
): Timeline {
  const key = keyOf(script, interventions);
  const known = kept.get(key);
  const fits = known?.script === script && (known.hasLog || !writesLog);
  const { timeline, hasLog } = fits
    ? known
    : { timeline: layOut(script, interventions, { writesLog }), hasLog: writesLog };
  kept.delete(key);
  kept.set(key, { script, timeline, hasLog });
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return timeline;
}

function keyOf({ input }: BuildScript, interventions: readonly Intervention[]): string {
  return `${input.imageArn}\n${input.seed}\n${JSON.stringify(interventions)}`;
}

/**
 * What lists say of a build `elapsedMs` after it began: the same as `buildAt`, without its steps.
 * The timeline is not kept: a list goes through thousands, and asks for the state of an ended build but once.
 */
export function buildStateAt(
  script: BuildScript,
  elapsedMs: number,
  { interventions = [] }: BuildOptions = {},
): BuildStateSnapshot {
  const outline = interventions.length === 0 ? sharedOutline(script) : undefined;
  if (outline) return withShortReason(fillInAll(stateAt(outline, elapsedMs), script.input));
  const known = kept.get(keyOf(script, interventions));
  const timeline =
    known?.script === script ? known.timeline : layOut(script, interventions, { writesLog: false });
  return withShortReason(stateAt(timeline, elapsedMs));
}

/** The images that a build to which nothing was done has made by then, in order. */
export function imagesAt(script: BuildScript, elapsedMs: number): BuildArtifact[] {
  const outline = sharedOutline(script) ?? layOut(script, [], { writesLog: false });
  return outline.artifacts
    .filter(({ kind, atMs }) => atMs <= elapsedMs && (kind === "ami" || kind === "container-pushed"))
    .map((artifact) => fillInAll(artifact, script.input));
}

const MAX_REASON = 1024;

function withShortReason(state: BuildStateSnapshot): BuildStateSnapshot {
  return state.reason === undefined ? state : { ...state, reason: state.reason.slice(0, MAX_REASON) };
}

function stateAt(timeline: Outline, elapsedMs: number): BuildStateSnapshot {
  const state = timeline.transitions.findLast((transition) => transition.atMs <= elapsedMs);
  return {
    status: state?.status ?? "PENDING",
    ...(state?.reason ? { reason: state.reason } : {}),
    ...(state?.failureContext ? { failureContext: state.failureContext } : {}),
    outputs: outputsOf(timeline.artifacts.filter((artifact) => artifact.atMs <= elapsedMs)),
    finished: elapsedMs >= timeline.endMs,
    totalMs: timeline.endMs,
  };
}

/** All of a build as it stands `elapsedMs` after it began. */
export function buildAt(script: BuildScript, elapsedMs: number, options: BuildOptions = {}): BuildSnapshot {
  const timeline = timelineOf(script, options, { writesLog: false });
  const workflowExecutions = timeline.workflows
    .filter((workflow) => workflow.startMs <= elapsedMs)
    .map((workflow) => workflowAt(workflow, elapsedMs));
  const nextChangeMs = nextChange(timeline, elapsedMs);
  return {
    ...withShortReason(stateAt(timeline, elapsedMs)),
    workflowExecutions,
    waitingSteps: workflowExecutions.flatMap(waitingStepsOf),
    artifacts: timeline.artifacts.filter((artifact) => artifact.atMs <= elapsedMs),
    transitions: timeline.transitions
      .filter((transition) => transition.atMs <= elapsedMs)
      .map(({ atMs, status, reason }) => ({
        atMs,
        status,
        ...(reason ? { reason: reason.slice(0, MAX_REASON) } : {}),
      })),
    ...(nextChangeMs === undefined ? {} : { nextChangeMs }),
  };
}

/** The log's events after `fromMs`, up to and including `untilMs`, in order; -1 starts before the first. */
export function logEventsBetween(
  script: BuildScript,
  fromMs: number,
  untilMs: number,
  options: BuildOptions = {},
): LogEvent[] {
  const { log } = timelineOf(script, options, { writesLog: true });
  return log.slice(firstAfter(log, fromMs), firstAfter(log, untilMs));
}

/** The log up to and including `untilMs`, uncut: of `lines` the first `length` have been written by then. */
export function logUntil(
  script: BuildScript,
  untilMs: number,
  options: BuildOptions = {},
): { lines: readonly LogEvent[]; length: number } {
  const { log } = timelineOf(script, options, { writesLog: true });
  return { lines: log, length: firstAfter(log, untilMs) };
}

/** When the build ends if nobody intervenes further. */
export function buildDurationMs(script: BuildScript, options: BuildOptions = {}): number {
  return timelineOf(script, options, { writesLog: false }).endMs;
}

/** The stage RetryImage would take up at this moment; undefined where AWS refuses to retry. */
export function retryStage(script: BuildScript, elapsedMs: number, options: BuildOptions = {}) {
  return retryStageOf(timelineOf(script, options, { writesLog: false }), elapsedMs, script.input.imageType);
}

function firstAfter(log: readonly LogEvent[], atMs: number): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((log[middle]?.offsetMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function workflowAt(record: WorkflowRecord, nowMs: number): WorkflowExecution {
  const { rollbackMs, retriedMs, steps: all, endMs, status, message, ...rest } = record;
  const steps = all.filter((step) => step.startMs <= nowMs).map((step) => stepAt(step, nowMs));
  const count = (wanted: StepExecution["status"]) => steps.filter((step) => step.status === wanted).length;
  const rollingBack = rollbackMs !== undefined && rollbackMs <= nowMs;
  return {
    ...rest,
    status: endMs <= nowMs ? status : rollingBack ? "ROLLBACK_IN_PROGRESS" : "RUNNING",
    ...(endMs <= nowMs && message ? { message } : {}),
    retried: retriedMs !== undefined && retriedMs <= nowMs,
    totalStepsSucceeded: count("COMPLETED"),
    totalStepsFailed: count("FAILED"),
    totalStepsSkipped: count("SKIPPED"),
    ...(endMs <= nowMs ? { endMs } : {}),
    steps,
  };
}

function stepAt(record: StepRecord, nowMs: number): StepExecution {
  const {
    rollbackMs,
    rollbackStatus,
    keptInstanceId: _kept,
    endMs,
    message,
    outputs,
    status,
    ...rest
  } = record;
  if (endMs > nowMs) return { ...rest, status: "RUNNING" };
  const rolledBack = rollbackStatus && (rollbackMs ?? endMs) <= nowMs;
  return {
    ...rest,
    status,
    endMs,
    ...(message ? { message } : {}),
    ...(outputs ? { outputs } : {}),
    ...(rolledBack ? { rollbackStatus } : {}),
  };
}

function waitingStepsOf(workflow: WorkflowExecution): WaitingStep[] {
  const { workflowExecutionId, workflowArn } = workflow;
  return workflow.steps
    .filter((step) => step.action === "WaitForAction" && step.status === "RUNNING")
    .map(({ stepExecutionId, name, action, startMs, inputs }) => ({
      stepExecutionId,
      workflowExecutionId,
      workflowArn,
      name,
      action,
      startMs,
      ...(inputs ? { inputs } : {}),
    }));
}

function outputsOf(artifacts: readonly BuildArtifact[]): BuildSnapshot["outputs"] {
  const amis = artifacts.filter((artifact) => artifact.kind === "ami");
  const distributed = amis.filter((artifact) => artifact.distributed);
  const latest = new Map(
    (distributed.length > 0 ? distributed : amis).map(({ ami }) => [`${ami.region}/${ami.accountId}`, ami]),
  );
  return {
    amis: [...latest.values()],
    containers: artifacts.flatMap((artifact) =>
      artifact.kind === "container-pushed"
        ? [{ region: artifact.region, imageUris: artifact.imageUris }]
        : [],
    ),
  };
}

function nextChange(timeline: Timeline, nowMs: number): number | undefined {
  const times = [
    ...timeline.transitions.map((transition) => transition.atMs),
    ...timeline.artifacts.map((artifact) => artifact.atMs),
    ...timeline.workflows.flatMap((workflow) => [workflow.startMs, workflow.endMs, workflow.rollbackMs ?? 0]),
    ...timeline.workflows.flatMap((workflow) => workflow.steps.flatMap((step) => [step.startMs, step.endMs])),
  ].filter((atMs) => atMs > nowMs);
  return times.length > 0 ? Math.min(...times) : undefined;
}
