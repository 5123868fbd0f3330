import { awsPages } from "../aws-pages";

export interface DocumentKey {
  name: string;
  type: string;
  required?: true;
  default?: string;
  values?: readonly string[];
  description: string;
  link: string;
}

const keys = (link: string, list: Omit<DocumentKey, "link">[]): readonly DocumentKey[] =>
  list.map((key) => ({ ...key, link }));

export const stepActions = ["Abort", "Execute", "Skip"] as const;
export const failureActions = ["Abort", "Continue", "Ignore"] as const;
/** A document needs one of them. */
export const runnablePhases = ["build", "validate", "test"] as const;
/** Runs after the tests of a container, on the build instance. */
export const containerPhase = "container-host-test";

/** Names of phases, steps, parameters and constants. */
export const documentName = {
  pattern: /^[A-Za-z0-9_-]{3,128}$/,
  words: "3 to 128 letters, digits, dashes or underscores",
  link: awsPages.schema,
} as const;

/** CreateComponent takes this much in `data`; more must come from S3, up to a quota that can be raised. */
export const documentLimits = {
  inlineCharacters: 16_000,
  bytes: 64 * 1024,
  parameters: 25,
  parameterCharacters: 1024,
  /** ExecuteDocument: documents that are open at once, the first counted. */
  nestedDocuments: 4,
  conditionLevels: 4,
  link: awsPages.quotas,
} as const;

const disableLogging = (scope: string): Omit<DocumentKey, "link"> => ({
  name: "disableLogging",
  type: "boolean",
  default: "false",
  description: `true: what ${scope} prints is not logged, so that secrets stay out of the log.`,
});

export const documentKeys = keys(awsPages.schema, [
  { name: "name", type: "text", description: "The name of the document." },
  { name: "description", type: "text", description: "What the document does." },
  { name: "schemaVersion", type: "version", required: true, values: ["1.0"], description: "Always 1.0." },
  { name: "parameters", type: "list", description: "Values that a recipe can set." },
  { name: "constants", type: "list", description: "Values that nobody can change." },
  {
    name: "phases",
    type: "list",
    required: true,
    description: "What runs, in the order of the file: build and validate, then test.",
  },
  disableLogging("the document"),
]);

export const parameterKeys = keys(awsPages.variables, [
  { name: "type", type: "text", required: true, values: ["string"], description: "Always string." },
  { name: "default", type: "text", description: "The value when the recipe gives none." },
  { name: "description", type: "text", description: "What the value is for." },
  { name: "allowedValues", type: "list", description: "The values a recipe may choose from." },
]);

export const constantKeys = keys(awsPages.variables, [
  { name: "type", type: "text", required: true, values: ["string"], description: "Always string." },
  { name: "value", type: "text", required: true, description: "The value." },
]);

export const phaseKeys = keys(awsPages.documents, [
  {
    name: "name",
    type: "text",
    required: true,
    values: [...runnablePhases, containerPhase],
    description: "build and validate run before the snapshot, test after it.",
  },
  { name: "steps", type: "list", required: true, description: "What the phase does, in order." },
  disableLogging("the phase"),
]);

export const stepKeys = keys(awsPages.schema, [
  { name: "name", type: "text", description: "Unique in its phase." },
  { name: "action", type: "module", required: true, description: "The action module that does the work." },
  {
    name: "timeoutSeconds",
    type: "number",
    default: "7200",
    description: "How long the step may run. -1: for ever.",
  },
  {
    name: "onFailure",
    type: "text",
    default: "Abort",
    values: failureActions,
    description:
      "Abort: stop, and the build fails. Continue: go on, and the build still fails. Ignore: go on as if nothing had happened.",
  },
  { name: "maxAttempts", type: "number", default: "1", description: "How often to try." },
  { name: "if", type: "condition", description: "Run the step only when this is true." },
  { name: "loop", type: "loop", description: "Run the step once for each value." },
  { name: "inputs", type: "inputs", description: "What the action module works with." },
  disableLogging("the step"),
]);

export const loopKeys = keys(awsPages.loops, [
  { name: "name", type: "text", description: "A name to use in place of loop in references." },
  { name: "for", type: "range", description: "Counts from start to end, both included." },
  {
    name: "forEach",
    type: "list",
    description: "Runs once for each text in a list, or in a text with a delimiter.",
  },
]);

export const forKeys = keys(awsPages.loops, [
  { name: "start", type: "number", required: true, description: "The first number." },
  { name: "end", type: "number", required: true, description: "The last number." },
  { name: "updateBy", type: "number", required: true, description: "What each turn adds. Not 0." },
]);

export const forEachDelimiters = [".", ",", ";", ":", "\n", "\t", " ", "-", "_"] as const;

export const forEachKeys = keys(awsPages.loops, [
  { name: "list", type: "text", required: true, description: "The values in one text." },
  {
    name: "delimiter",
    type: "text",
    default: ",",
    values: forEachDelimiters,
    description: "What separates them.",
  },
]);

export const branchKeys = keys(awsPages.conditions, [
  {
    name: "then",
    type: "text",
    default: "Execute",
    values: stepActions,
    description: "What to do when the condition is true.",
  },
  {
    name: "else",
    type: "text",
    default: "Skip",
    values: stepActions,
    description: "What to do when the condition is false.",
  },
]);
