import { type Owner, ownArn } from "./own-text";
import type {
  BuildArtifact,
  BuildFault,
  FailureContext,
  ImageStatus,
  Intervention,
  LogEvent,
  StepExecution,
  WorkflowExecution,
} from "./types";

/** A whole build laid out in time. What `buildAt` answers is a cut through it. */
export interface Timeline {
  transitions: Transition[];
  workflows: WorkflowRecord[];
  log: LogEvent[];
  artifacts: BuildArtifact[];
  endMs: number;
}

export interface Transition {
  atMs: number;
  status: ImageStatus;
  reason?: string;
  failureContext?: FailureContext;
}

/** A workflow execution as it stands at its end. */
export interface WorkflowRecord extends Omit<WorkflowExecution, "steps" | "retried"> {
  endMs: number;
  /** When a step failed and the rollback began. */
  rollbackMs?: number;
  retriedMs?: number;
  steps: StepRecord[];
}

export interface StepRecord extends StepExecution {
  endMs: number;
  rollbackMs?: number;
  /** The instance that a rollback leaves running. */
  keptInstanceId?: string;
}

/** The state that a build carries from stage to stage while its timeline is laid out. */
export interface Play extends Owner {
  /** Lines are most of a timeline, and only a reader of the log wants them. */
  writesLog: boolean;
  /** Seeds durations: one of a few, so that builds can share. */
  pace: string;
  region: string;
  accountId: string;
  /** 0, then one more for each RetryImage. */
  attempt: number;
  faults: readonly BuildFault[];
  timeline: Timeline;
  answers: Extract<Intervention, { kind: "answer" }>[];
  /** What the outputs of the workflows so far are: ImageId, InstanceId. */
  workflowOutputs: Record<string, unknown>;
  /** The AMI or container the build stage made. */
  outputImageId?: string;
  /** What the components wrote on the build machine, by path. */
  machineFiles: ReadonlyMap<string, string>;
  /** The same when the image was made from it: what a test machine starts with. */
  imageFiles: ReadonlyMap<string, string>;
}

export function say(play: Play, atMs: number, message: string): void {
  write(play, { offsetMs: Math.round(atMs), message });
}

/** The line as it is: a log may hold lines that make their text when it is read. */
export function write(play: Play, line: LogEvent): void {
  if (play.writesLog) play.timeline.log.push(line);
}

export function enter(play: Play, atMs: number, status: ImageStatus, more: Partial<Transition> = {}): void {
  play.timeline.transitions.push({ atMs: Math.round(atMs), status, ...more });
  say(play, atMs, `Image transitioned to ${status} state for Image ARN: ${ownArn(play)}`);
}

/** The fault of this kind that the attempt meets, if any. */
export function faultOf<Kind extends BuildFault["kind"]>(play: Play, kind: Kind) {
  return play.faults.find((fault): fault is Extract<BuildFault, { kind: Kind }> => fault.kind === kind);
}
