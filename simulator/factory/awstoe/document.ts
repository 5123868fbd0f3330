/** An AWSTOE component document after parsing. https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html */
export interface AwstoeDocument {
  name?: string;
  description?: string;
  parameters: AwstoeParameter[];
  constants: { name: string; value: string }[];
  phases: AwstoePhase[];
}

interface AwstoeParameter {
  name: string;
  type: string;
  default?: string;
  description?: string;
}

export interface AwstoePhase {
  name: string;
  steps: AwstoeStep[];
}

export interface AwstoeStep {
  name: string;
  action: string;
  /** -1 is no limit. */
  timeoutSeconds: number;
  onFailure: "Abort" | "Continue" | "Ignore";
  maxAttempts: number;
  condition?: Condition;
  loop?: Loop;
  inputs: unknown;
  /** What the step prints is not logged: of the step, its phase or its document. */
  disableLogging?: true;
}

export interface Loop {
  name: string;
  values:
    | { kind: "for"; start: number; end: number; updateBy: number }
    | { kind: "list"; items: string[] }
    | { kind: "text"; list: string; delimiter: string };
}

export type ConditionOutcome = "Abort" | "Execute" | "Skip";

export interface Condition {
  test: Comparison;
  onTrue: ConditionOutcome;
  onFalse: ConditionOutcome;
}

export type Comparison =
  | { kind: "and" | "or"; children: Comparison[] }
  | { kind: "not"; child: Comparison }
  | { kind: "compare"; operator: string; operand: string; value?: string; path?: string };

export type Mapping = Record<string, unknown>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A scalar of YAML as AWSTOE sees it: text. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
