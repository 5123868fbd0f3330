import type { Mapping } from "./awstoe/document";
import { ownUuid } from "./own-text";
import type { Play } from "./timeline";
import type { FailureContext, WorkflowType } from "./types";
import type { WorkflowStep } from "./workflow-document";

export interface StepCall {
  play: Play;
  workflow: WorkflowType;
  step: WorkflowStep;
  inputs: Mapping;
  /** Seeds what is random in this step. */
  key: string;
  startMs: number;
}

export const stepExecutionIdOf = ({ play, key }: Pick<StepCall, "play" | "key">): string =>
  `step-${ownUuid(play, key)}`;

export interface StepFailure {
  /** What follows "failed with reason: " in the image's state. */
  reason: string;
  /** The step's own message; absent for component failures, whose cause is in the log alone. */
  message?: string;
  componentFailure?: FailureContext["componentFailure"];
  distributionFailure?: FailureContext["distributionFailure"];
}

export interface StepResult {
  endMs: number;
  outputs?: Mapping;
  failure?: StepFailure;
}
