/** From outside to inside. */
export const LOG_LEVELS = ["stage", "workflow", "workflow-step", "document", "phase", "step"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A part of a build that has lines of its own. Lines are numbered from 0. */
export type LogNode = {
  /** Its place in `LogTree.nodes`. */
  id: number;
  parent?: number;
  level: LogLevel;
  /** AWS's own name: `BUILDING`, a workflow's ARN, `ApplyBuildComponents`, a component's ARN, `build`, `InstallPackages`. */
  name: string;
  /** The action of a workflow step, the type of a workflow. */
  detail?: string;
  firstLine: number;
  /** The last line so far. */
  lastLine: number;
  /** Epoch milliseconds of the first and the last line. */
  startedAt?: number;
  endedAt?: number;
  outcome: "running" | "succeeded" | "failed" | "unknown";
  exitCode?: number;
  /** Times that the instance restarted within this step. */
  reboots: number;
};

/** Lines that say the same about a wait, once for each attempt. */
export type PollRun = {
  what: string;
  firstLine: number;
  lastLine: number;
  startedAt?: number;
  endedAt?: number;
};

/** The block that AWSTOE writes for the first failed step. */
export type FailureBlock = {
  firstLine: number;
  lastLine: number;
  document?: string;
  componentArn?: string;
  phase?: string;
  step?: string;
  action?: string;
  errorMessage?: string;
  stderr?: string;
};

/** First and last line, both within. */
export type LineRange = [first: number, last: number];

export type LogTree = {
  lineCount: number;
  /** In the order of their first lines. */
  nodes: LogNode[];
  polls: PollRun[];
  stderr: LineRange[];
  failureBlock?: FailureBlock;
  /** The first step that failed, else the first workflow step; else the step whose restart did not come back. */
  failedNode?: number;
  /** The step that asked for a restart, until something comes after it. */
  restartingNode?: number;
};
