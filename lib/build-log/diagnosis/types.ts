import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { LogTree } from "../parser/types";

/** Where AWS says something about a failure, the most exact first. */
export const EVIDENCE_PLACES = ["context", "step", "log", "reason"] as const;
type EvidencePlace = (typeof EVIDENCE_PLACES)[number];

/** What a person does next. */
export const NEXT_ACTIONS = [
  "run-again",
  "retry",
  "open-component",
  "open-recipe",
  "open-infrastructure",
  "open-distribution",
  "open-approvals",
  "fix-permissions",
] as const;
export type NextAction = (typeof NEXT_ACTIONS)[number];

/** What is known about one kind of failure. Rules are data: a team adds its own in a file of the same form. */
export type DiagnosisRule = {
  /** Short and unique, such as `C3`: failures of several pipelines are grouped by it. */
  id: string;
  /** What happened, as a heading. */
  title: string;
  /** A regular expression on one line of evidence, without regard to case. */
  pattern: string;
  /** Where to look; everywhere when absent. */
  places?: EvidencePlace[];
  /** What this failure usually ends with. Evidence, not a condition: of two rules on one line, the one whose code fits goes first. */
  exitCodes?: number[];
  /** Lines that say it only beside one of `exitCodes`. */
  patternWithExitCode?: string;
  /** Only in these stages; in any when absent, or while the stage is not known. */
  stages?: string[];
  /** Only in workflow steps with these actions, such as `LaunchInstance`; in any when absent, or while it is not known. */
  actions?: string[];
  /** Only in component steps with these action modules, such as `S3Download`. One that is not known does not fit. */
  modules?: string[];
  /** Only on these platforms: `Linux`, `Windows`, `macOS`; on any when absent, or while it is not known. */
  platforms?: string[];
  /** Only when no component's step ended with an exit code that says failure. */
  withoutExitCode?: boolean;
  cause: string;
  fix: string;
  next: NextAction;
  /** `certain`: stated by AWS or reproduced. `likely`: inferred. */
  confidence: "certain" | "likely";
  /** A page, or how it is known. */
  source: string;
  /** Says where to look, not why: taken only when nothing else matches. */
  isGeneral?: boolean;
};

/** A log that has been read: its tree, and each line by its number from 0. */
export type LogText = { tree: LogTree; line: (number: number) => string };
/** What AWS says about a failed build. */
export type FailedBuild = Pick<ImageBuild, "failure" | "reason" | "workflows" | "platform">;

/** One line that says something about the failure. */
export type Evidence = {
  place: EvidencePlace;
  text: string;
  /** Number of the log line, from 1. */
  line?: number;
  /** It says that something failed, or that the script went on: what was said before it does not decide. */
  isStatement?: boolean;
};

/** The part of the build that failed, as far as it is known. */
export type FailedPart = {
  stage?: string;
  workflowStep?: string;
  /** The workflow step's action, such as `ExecuteComponents`. */
  action?: string;
  component?: string;
  phase?: string;
  step?: string;
  /** The component step's action module, such as `ExecuteBash`. */
  module?: string;
  exitCode?: number;
  platform?: string;
};

/** What of a rule readers see. */
export type RuleForReaders = Pick<
  DiagnosisRule,
  "id" | "title" | "cause" | "fix" | "next" | "confidence" | "source" | "isGeneral"
>;

export type Diagnosis = {
  failed: FailedPart;
  /** The line that shows it best. */
  evidence?: Evidence;
  /** Absent when no rule matches. */
  rule?: RuleForReaders;
  /** How to find out, when no rule says why. */
  checklist: string[];
};
