import { type FirstStage, playBuild, playStages, startPlay } from "./play-build";
import { enter, type Play, type Timeline, type WorkflowRecord } from "./timeline";
import type { BuildScript, ImageStatus, Intervention } from "./types";

/**
 * Lays out the whole life of a build, with all that was done to it, in the order it was done.
 * Without `writesLog` the log stays empty; all else is the same.
 */
export function layOut(
  script: BuildScript,
  interventions: readonly Intervention[],
  options: { writesLog: boolean },
): Timeline {
  const play = startPlay(script.input, { ...options, isShared: false });
  play.answers = interventions.filter((done) => done.kind === "answer");
  playBuild(play);
  for (const done of [...interventions].sort((one, other) => one.atMs - other.atMs)) {
    if (done.kind === "cancel") cancel(play, done.atMs);
    if (done.kind === "retry") retry(play, done);
  }
  const { log, artifacts } = play.timeline;
  log.sort((one, other) => one.offsetMs - other.offsetMs);
  artifacts.sort((one, other) => one.atMs - other.atMs);
  return play.timeline;
}

/**
 * The life of all builds of this input and pace, as long as nothing is done to them: its texts hold marks for what
 * is each build's own. Undefined when a build looks at what is its own, and may go its own way.
 */
export function layOutShared(script: BuildScript): Timeline | undefined {
  const play = startPlay(script.input, { writesLog: false, isShared: true });
  playBuild(play);
  play.timeline.artifacts.sort((one, other) => one.atMs - other.atMs);
  return play.isOwn ? undefined : play.timeline;
}

/** The stage at which RetryImage takes a build up again; undefined where it cannot. */
export function retryStageOf(
  timeline: Timeline,
  atMs: number,
  imageType: string,
): Exclude<FirstStage, "BUILDING"> | undefined {
  const past = timeline.transitions.filter((transition) => transition.atMs <= atMs);
  const ended = past.at(-1)?.status;
  const hasAmi = timeline.artifacts.some((artifact) => artifact.kind === "ami" && artifact.atMs <= atMs);
  if (imageType !== "AMI" || !hasAmi || (ended !== "FAILED" && ended !== "CANCELLED")) return undefined;
  const stage: ImageStatus | undefined = past.at(-2)?.status;
  if (stage === "DISTRIBUTING") return "DISTRIBUTING";
  return stage === "TESTING" || stage === "BUILDING" ? "TESTING" : undefined;
}

function retry(play: Play, done: Extract<Intervention, { kind: "retry" }>): void {
  const stage = retryStageOf(play.timeline, done.atMs, play.input.imageType);
  if (!stage) return;
  for (const workflow of play.timeline.workflows) {
    const superseded = workflow.type === "DISTRIBUTION" || (stage === "TESTING" && workflow.type === "TEST");
    if (superseded) workflow.retriedMs ??= done.atMs;
  }
  play.attempt++;
  play.faults = done.faults ?? [];
  playStages(play, stage, done.atMs + 700);
}

/** Cancelling stops what runs; AMIs made so far are left behind. */
function cancel(play: Play, atMs: number): void {
  const { timeline } = play;
  if (timeline.endMs <= atMs) return;
  timeline.transitions = timeline.transitions.filter((transition) => transition.atMs <= atMs);
  timeline.log = timeline.log.filter((line) => line.offsetMs <= atMs);
  timeline.artifacts = timeline.artifacts.filter((artifact) => artifact.atMs <= atMs);
  timeline.workflows = timeline.workflows.filter((workflow) => workflow.startMs <= atMs);
  const endMs = atMs + 2500;
  for (const workflow of timeline.workflows) if (workflow.endMs > atMs) cancelWorkflow(workflow, atMs, endMs);
  const gone = new Set<string>();
  for (const artifact of timeline.artifacts) {
    if (artifact.kind === "instance-terminated") gone.add(artifact.instanceId);
    if (artifact.kind === "command" && artifact.endMs > atMs)
      Object.assign(artifact, { endMs, status: "Cancelled" });
  }
  for (const artifact of [...timeline.artifacts]) {
    if (artifact.kind === "instance-launched" && !gone.has(artifact.instanceId)) {
      timeline.artifacts.push({ atMs: endMs, kind: "instance-terminated", instanceId: artifact.instanceId });
    }
  }
  enter(play, endMs, "CANCELLED", { reason: "Image creation was cancelled by the user." });
  timeline.endMs = endMs;
}

function cancelWorkflow(workflow: WorkflowRecord, atMs: number, endMs: number): void {
  workflow.status = "CANCELLED";
  workflow.endMs = endMs;
  workflow.message = "Workflow execution was cancelled.";
  delete workflow.rollbackMs;
  workflow.steps = workflow.steps.filter((step) => step.startMs <= atMs);
  for (const step of workflow.steps) {
    if (step.endMs <= atMs) continue;
    step.status = "CANCELLED";
    step.endMs = endMs;
    delete step.outputs;
    delete step.message;
    delete step.rollbackStatus;
  }
}
