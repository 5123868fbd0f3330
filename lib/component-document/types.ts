import type { Platform } from "goldsmith-languages/component";

export type { Platform };

export type Severity = "error" | "warning" | "info";

/** Offsets into the text: from is included, to is not. */
export type SourceRange = readonly [from: number, to: number];

export interface TextEdit {
  from: number;
  to: number;
  insert: string;
}

export interface Fix {
  title: string;
  edits: TextEdit[];
}

/** One thing the linter has to say. Lines and columns count from 1, offsets from 0. */
export interface Finding {
  rule: string;
  severity: Severity;
  message: string;
  from: number;
  to: number;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** The AWS page the rule comes from. */
  source: string;
  fix?: Fix;
}

/** Values for the document's parameters, as a recipe would give them. */
export type ParameterValues = Readonly<Record<string, string>>;

export interface LintOptions {
  /** Absent: rules that depend on the platform stay silent. */
  platform?: Platform | undefined;
  /** Absent: the values are not checked. */
  parameters?: ParameterValues | undefined;
}
