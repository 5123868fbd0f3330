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
  /** Only when the failed step ended with one of these. */
  exitCodes?: number[];
  /** Only for failures in these stages; in any when absent. */
  stages?: string[];
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

/** One line that says something about the failure. */
export type Evidence = {
  place: EvidencePlace;
  text: string;
  /** Number of the log line, from 1. */
  line?: number;
};

/** The part of the build that failed, as far as it is known. */
export type FailedPart = {
  stage?: string;
  workflowStep?: string;
  component?: string;
  phase?: string;
  step?: string;
  exitCode?: number;
};

export type Diagnosis = {
  failed: FailedPart;
  /** The line that shows it best. */
  evidence?: Evidence;
  /** Absent when no rule matches. */
  rule?: Omit<DiagnosisRule, "pattern" | "places" | "exitCodes" | "stages">;
  /** How to find out, when no rule says why. */
  checklist: string[];
};
