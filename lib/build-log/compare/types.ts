import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { LogNode } from "../parser/types";

/** A step in one of the two logs. Lines from 1. */
export type StepFacts = {
  firstLine: number;
  lastLine: number;
  outcome: LogNode["outcome"];
  exitCode?: number;
  durationMs?: number;
  /** The component as its log names it: ARN or path. */
  component?: string;
};

/** A line that only one of the logs has, once volatile parts are masked. `line` is from 1, in its own log. */
export type LineChange = { kind: "removed" | "added"; line: number; text: string };

export type ComparedStep = {
  /** From outside to inside: workflow step, component, phase, step. */
  path: string[];
  /** Absent in the log that does not have the step. */
  before?: StepFacts;
  after?: StepFacts;
  /** The first of the changed lines; `changeCount` counts all. */
  changes: LineChange[];
  changeCount: number;
  /** Took clearly longer or shorter than before. */
  pace?: "slower" | "faster";
};

export type LogComparison = {
  steps: ComparedStep[];
  /** Index of the first step that failed and did not before, else that ended otherwise or that only one log has. */
  firstDifference?: number;
};

/** A build's log beside that of another one. `before` is absent when there is none to compare with. */
export type BuildLogComparison = {
  before?: ImageBuildKey;
  /** Why there is nothing to compare with. */
  reason?: string;
  comparison?: LogComparison;
};
