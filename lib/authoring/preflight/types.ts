import type { DraftContent } from "../drafts/types";

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
  step: "details" | "recipe" | "infrastructure" | "distribution";
};

/** What is looked at: the pipeline of this name, or what is going to be one. */
export type PreflightSubject = {
  name: string;
  /** As it stands in the form. */
  draft?: Pick<DraftContent, "recipe" | "components" | "infrastructure" | "distribution"> &
    Partial<Pick<DraftContent, "details">>;
};
