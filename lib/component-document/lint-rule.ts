import type { DocumentModel, StepModel } from "./document-model";
import type { Reference } from "./document-references";
import type { ParsedDocument } from "./parse-document";
import type { StepScript } from "./step-scripts";
import type { Fix, LintOptions, Severity, SourceRange } from "./types";

export interface LintContext extends LintOptions {
  text: string;
  parsed: ParsedDocument;
  document: DocumentModel;
  /** The inline scripts of the steps. */
  scripts: readonly StepScript[];
  /** Every reference that AWSTOE resolves, with the step it stands in. */
  references: readonly (readonly [Reference, StepModel])[];
}

export type Report = (range: SourceRange, message: string, fix?: Fix) => void;

/** One rule of the linter. `check` reports each place where the document breaks it. */
export interface LintRule {
  id: string;
  severity: Severity;
  /** What the rule demands, in one sentence. */
  demands: string;
  source: string;
  check(context: LintContext, report: Report): void;
}

export const replaceFix = (title: string, range: SourceRange, insert: string): Fix => ({
  title,
  edits: [{ from: range[0], to: range[1], insert }],
});

/** The one name that differs only in case, if there is one: a fix that is certain. */
export const sameButCase = (names: readonly string[], given: string) =>
  names.find((name) => name !== given && name.toLowerCase() === given.toLowerCase());

/** `a, b or c` */
export const either = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
