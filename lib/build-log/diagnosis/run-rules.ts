import { SOURCES } from "./rule-sources";
import type { DiagnosisRule } from "./types";

/** The workflow or the pipeline itself. */
export const RUN_RULES: DiagnosisRule[] = [
  {
    id: "P4",
    title: "An approval expired",
    pattern: String.raw`WaitForAction\b.*timed out`,
    cause: "By default, a workflow waits three days for an answer.",
    fix: "Answer waiting steps in time, or raise the step's timeout.",
    next: "open-approvals",
    confidence: "certain",
    source: SOURCES.workflowActions,
  },
  {
    id: "W1",
    title: "A workflow step took too long",
    pattern: String.raw`Step \S+ timed out`,
    cause: "The step did not end within its timeout.",
    fix: "Look at what it waited for in the log; raise timeoutSeconds in a workflow of your own if it needs the time.",
    next: "run-again",
    confidence: "certain",
    source: SOURCES.workflowActions,
    isGeneral: true,
  },
  {
    id: "W2",
    title: "The command on the instance failed",
    pattern: String.raw`Command failed \(command id: |Action failed for step \S+\. Failing step`,
    cause: "The instance reported a failure. The lines before say which.",
    fix: "Read the log above this line.",
    next: "open-component",
    confidence: "likely",
    source: SOURCES.inferred,
    isGeneral: true,
  },
];
