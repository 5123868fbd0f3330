import { awsPages } from "../aws-pages";

export const workflowLimits = {
  steps: 15,
  parameters: 25,
  outputs: 25,
  parameterCharacters: 1024,
  parameterNameCharacters: 128,
  descriptionCharacters: 1024,
  conditionLevels: 4,
  conditionChildren: 10,
  link: awsPages.workflowDocument,
} as const;

/** What the page and the API both take; the page says nothing of hyphens, the API takes them. */
export const workflowStepName = {
  pattern: /^[A-Za-z][A-Za-z0-9_-]{2,99}$/,
  words: "3 to 100 letters, digits or underscores, a letter first",
  /** Whether both pages agree on a name that the pattern takes. */
  isSafe: (name: string) => !name.includes("-"),
} as const;

export const workflowKeys = [
  "name",
  "description",
  "schemaVersion",
  "parameters",
  "steps",
  "outputs",
] as const;
export const workflowStepKeys = [
  "name",
  "action",
  "description",
  "if",
  "inputs",
  "onFailure",
  "retry",
  "rollbackEnabled",
  "timeoutSeconds",
  "waitSeconds",
] as const;
export const workflowParameterKeys = ["name", "type", "default", "description"] as const;
export const workflowParameterTypes = ["string", "integer", "boolean", "stringList"] as const;
export const workflowOutputKeys = ["name", "value"] as const;
export const workflowFailureActions = ["Abort", "Continue"] as const;

/** `retry` of a step; the first run counts as an attempt. */
export const retryKeys = {
  maxAttempts: { min: 1, max: 10, required: true },
  backoffSeconds: { min: 0, max: 600, required: false },
} as const;

/** What a condition compares `value` with. */
export const workflowOperators: Readonly<Record<string, "boolean" | "number" | "string">> = {
  booleanEquals: "boolean",
  numberEquals: "number",
  numberGreaterThan: "number",
  numberGreaterThanEquals: "number",
  numberLessThan: "number",
  numberLessThanEquals: "number",
  stringEquals: "string",
};
export const workflowLogic = ["and", "or", "not"] as const;

/** Where `$.` leads to. */
export const referenceRoots = ["parameters", "stepOutputs", "workflowOutputs", "imagebuilder"] as const;

export const systemVariables = [
  "cloudWatchLogGroup",
  "cloudWatchLogStream",
  "collectImageMetadata",
  "collectImageScanFindings",
  "imageBuildNumber",
  "imageId",
  "imageName",
  "imageType",
  "imageVersionNumber",
  "instanceProfileName",
  "platform",
  "s3Logs",
  "securityGroups",
  "sourceImageARN",
  "subnetId",
  "terminateInstanceOnFailure",
  "workflowPhase",
  "workingDirectory",
] as const;

/** What a BUILD workflow hands on: one of them, for an AMI the first. */
export const buildOutputs = { ami: "ImageId", container: "InstanceId" } as const;
