/** The platforms a component can be made for, in AWS's spelling. */
export type Platform = "Linux" | "Windows" | "macOS";

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

export type InputType =
  | "string"
  | "boolean"
  | "integer"
  | "string list"
  | "text map"
  | "parameter list"
  | "condition"
  | "any";

export interface ModuleInput {
  name: string;
  type: InputType;
  required?: true;
  /** What AWSTOE takes when the input is absent, in words of the guide. */
  default?: string;
  /** The values AWSTOE accepts, when it accepts no others. */
  values?: readonly string[];
  /** Whether AWSTOE compares `values` without regard to case. */
  anyCase?: true;
  description: string;
  /** Platforms where AWSTOE refuses the input. */
  notOn?: readonly Platform[];
  /** Used by AWS's own documents, yet absent from the guide: accepted, never offered. */
  undocumented?: true;
}

export interface ActionModule {
  name: string;
  description: string;
  platforms: readonly Platform[];
  /** `list`: inputs is a list of maps; `map`: one map; `optional map`: may be left out. */
  shape: "list" | "map" | "optional map";
  inputs: readonly ModuleInput[];
  /** Exactly one of these inputs must be given. */
  oneOf?: readonly string[];
  outputs: readonly string[];
  /** Step keys AWSTOE refuses for this module, with the only value it takes where there is one. */
  fixedStepKeys?: Readonly<Record<string, number | null>>;
  link: string;
}
