import type { DraftContent } from "../drafts/types";

/** The steps of the wizard that something in AWS can be looked at for. */
export const CHECKED_STEPS = ["details", "recipe", "infrastructure", "distribution"] as const;
export type CheckedStep = (typeof CHECKED_STEPS)[number];

/** One thing that was looked at before a pipeline is made or run. */
export type PreflightCheck = {
  /** Stable, such as `instance-profile` or `kms eu-west-1`. */
  id: string;
  /** What is so, or is not: "The instance profile exists". */
  title: string;
  /** `problem`: AWS or the build is going to fail. `unknown`: it could not be looked at. */
  state: "ok" | "warning" | "problem" | "unknown";
  /** What AWS said, line by line. */
  evidence: string[];
  /** What to do about it. */
  fix?: string;
  /** The step of the wizard that it belongs to. */
  step: CheckedStep;
};

/** What is looked at: the pipeline of this name, or what is going to be one. */
export type PreflightSubject = {
  name: string;
  /** As it stands in the form. */
  draft?: Pick<DraftContent, "recipe" | "components" | "infrastructure" | "distribution"> &
    Partial<Pick<DraftContent, "details">>;
};

/** Of one step of a draft, as it stood at `revision`. */
export type DraftChecks = { revision: number; checks: PreflightCheck[] };
