import {
  retryKeys,
  stepAction,
  workflowFailureActions,
  workflowKeys,
  workflowLimits,
  workflowOutputKeys,
  workflowParameterKeys,
  workflowParameterTypes,
  workflowStepKeys,
  workflowStepName,
} from "goldsmith-languages/workflow";
import { parseDocument } from "yaml";
import { isMapping, type Mapping, scalarText } from "./awstoe/document";
import { rememberByText } from "./remember";
import type { DocumentProblem, WorkflowType } from "./types";
import {
  conditionProblem,
  inputProblems,
  mixedDistribution,
  referenceProblems,
  retryProblem,
} from "./workflow-problems";

export interface WorkflowDocument {
  name?: string;
  parameters: { name: string; default?: unknown }[];
  steps: WorkflowStep[];
  outputs: { name: string; value: string }[];
}

export interface WorkflowStep {
  name: string;
  description?: string;
  action: string;
  onFailure: "Abort" | "Continue";
  timeoutSeconds: number;
  /** So long the step pauses before its action. */
  waitSeconds?: number;
  /** The first run counts. */
  retry?: { maxAttempts: number; backoffSeconds: number };
  /** `false` or a reference: whether a rollback undoes the step. */
  rollbackEnabled?: string;
  condition?: Mapping;
  inputs: Mapping;
}

export type ParsedWorkflow =
  | { ok: true; document: WorkflowDocument }
  | { ok: false; problems: DocumentProblem[] };

/** Reads a workflow document (YAML or JSON); with a type, actions that stage does not allow are refused. */
export function parseWorkflowDocument(text: string, type?: WorkflowType): ParsedWorkflow {
  return READERS[type ?? "any"](text);
}

const READERS = {
  any: rememberByText((text) => readText(text, undefined)),
  BUILD: rememberByText((text) => readText(text, "BUILD")),
  TEST: rememberByText((text) => readText(text, "TEST")),
  DISTRIBUTION: rememberByText((text) => readText(text, "DISTRIBUTION")),
};

function readText(text: string, type: WorkflowType | undefined): ParsedWorkflow {
  const parsed = parseYaml(text);
  if (!parsed) return { ok: false, problems: [{ message: "yaml: the document is nested too deeply" }] };
  const fault = parsed.errors[0];
  if (fault)
    return { ok: false, problems: [{ message: `yaml: ${fault.message.split("\n")[0] ?? "syntax error"}` }] };
  const value: unknown = parsed.toJS({ maxAliasCount: 100 });
  const problems: string[] = [];
  if (!isMapping(value)) return { ok: false, problems: [{ message: "The workflow document is not a map." }] };
  if (!/^1(\.0)?$/.test(scalarText(value.schemaVersion) ?? ""))
    problems.push("The workflow document requires schemaVersion 1.0.");
  unknownKeys(value, workflowKeys, "The workflow document", problems);
  const entries = Array.isArray(value.steps) ? value.steps : [];
  if (entries.length > workflowLimits.steps)
    problems.push(`The workflow document has more than ${workflowLimits.steps} steps.`);
  if (entries.length === 0) problems.push("The workflow document requires at least one step.");
  const parameters = readParameters(value.parameters, problems);
  const steps: WorkflowStep[] = [];
  for (const entry of entries) {
    const step = readStep(entry, type, problems);
    if (!step) continue;
    const where = `step '${step.name}'`;
    if (steps.some(({ name }) => name === step.name))
      problems.push(`The step name '${step.name}' is used more than once.`);
    const { inputs, if: condition, rollbackEnabled } = entry as Mapping;
    problems.push(
      ...referenceProblems(
        [inputs, condition, rollbackEnabled],
        where,
        steps,
        parameters.map(({ name }) => name),
      ),
    );
    steps.push(step);
  }
  problems.push(...mixedDistribution(steps));
  const outputs = readOutputs(value.outputs, problems);
  for (const { name, value: reference } of outputs)
    problems.push(
      ...referenceProblems(
        reference,
        `output '${name}'`,
        steps,
        parameters.map((parameter) => parameter.name),
      ),
    );
  if (problems.length > 0) return { ok: false, problems: problems.map((message) => ({ message })) };
  return {
    ok: true,
    document: {
      ...(value.name === undefined ? {} : { name: String(value.name) }),
      parameters,
      steps,
      outputs,
    },
  };
}

/** Undefined for text nested deeper than the stack. */
function parseYaml(text: string) {
  try {
    return parseDocument(text, { uniqueKeys: true, prettyErrors: false });
  } catch {
    return undefined;
  }
}

function unknownKeys(map: Mapping, known: readonly string[], what: string, problems: string[]): void {
  for (const key of Object.keys(map))
    if (!known.includes(key)) problems.push(`${what} has an unknown property '${key}'.`);
}

/** The maps of a list of parameters or outputs, each with a name of its own. */
function readNamed(
  value: unknown,
  word: "parameter" | "output",
  keys: readonly string[],
  problems: string[],
) {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isMapping)) {
    problems.push(`'${word}s' must be a list of ${word}s.`);
    return [];
  }
  const most = workflowLimits[`${word}s`];
  if (value.length > most) problems.push(`The workflow document has more than ${most} ${word}s.`);
  const seen = new Set<string>();
  return value.map((entry: Mapping) => {
    const name = scalarText(entry.name) ?? "";
    if (name === "") problems.push(`Each ${word} of a workflow requires a 'name'.`);
    if (seen.has(name)) problems.push(`The ${word} name '${name}' is used more than once.`);
    seen.add(name);
    unknownKeys(entry, keys, `The ${word} '${name}'`, problems);
    return { name, entry };
  });
}

const FITS: Record<string, (value: unknown) => boolean> = {
  string: (value) => scalarText(value) !== undefined,
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
  stringList: (value) => Array.isArray(value) && value.every((item) => scalarText(item) !== undefined),
};

function readParameters(value: unknown, problems: string[]): WorkflowDocument["parameters"] {
  return readNamed(value, "parameter", workflowParameterKeys, problems).map(({ name, entry }) => {
    const type = scalarText(entry.type) ?? "";
    if (name.length > workflowLimits.parameterNameCharacters)
      problems.push(`The parameter name '${name}' is too long.`);
    if (!workflowParameterTypes.some((known) => known === type))
      problems.push(`The type of parameter '${name}' must be one of ${workflowParameterTypes.join(", ")}.`);
    const { default: fallback } = entry;
    if (fallback !== undefined && FITS[type] && !FITS[type](fallback))
      problems.push(`The default of parameter '${name}' is not a ${type}.`);
    if ((scalarText(fallback)?.length ?? 0) > workflowLimits.parameterCharacters)
      problems.push(`The default of parameter '${name}' is too long.`);
    return { name, default: fallback };
  });
}

function readOutputs(value: unknown, problems: string[]): WorkflowDocument["outputs"] {
  return readNamed(value, "output", workflowOutputKeys, problems).map(({ name, entry }) => {
    const text = scalarText(entry.value);
    if (!text) problems.push(`The output '${name}' requires a 'value'.`);
    return { name, value: text ?? "" };
  });
}

function readStep(
  value: unknown,
  type: WorkflowType | undefined,
  problems: string[],
): WorkflowStep | undefined {
  const name = isMapping(value) ? scalarText(value.name) : undefined;
  if (!isMapping(value) || !name) {
    problems.push("Each step of a workflow requires a 'name'.");
    return undefined;
  }
  if (!workflowStepName.pattern.test(name)) problems.push(`The step name '${name}' is not valid.`);
  unknownKeys(value, workflowStepKeys, `The step '${name}'`, problems);
  const action = scalarText(value.action) ?? "";
  const rule = stepAction(action);
  if (!rule) {
    problems.push(`The step '${name}' has the unknown action '${action}'.`);
    return undefined;
  }
  if (type && !rule.types.includes(type)) {
    problems.push(`The action ${action} of step '${name}' is not allowed in a ${type} workflow.`);
  }
  const onFailure = value.onFailure ?? "Abort";
  if (!workflowFailureActions.some((known) => known === onFailure))
    problems.push(`onFailure of step '${name}' must be Abort or Continue.`);
  const timeoutSeconds = value.timeoutSeconds === undefined ? rule.defaultSeconds : value.timeoutSeconds;
  if (!isWhole(timeoutSeconds, 1, rule.maxSeconds)) {
    problems.push(`timeoutSeconds of step '${name}' must be between 1 and ${rule.maxSeconds}.`);
  }
  const { waitSeconds, description, rollbackEnabled, retry } = value;
  if (waitSeconds !== undefined && !isWhole(waitSeconds, 0, Number(timeoutSeconds) - 1))
    problems.push(`waitSeconds of step '${name}' must be less than its timeoutSeconds.`);
  if (description !== undefined && !/^[\s\S]{1,1024}$/.test(scalarText(description) ?? ""))
    problems.push(`The description of step '${name}' must have 1 to 1024 characters.`);
  if (rollbackEnabled !== undefined && !/^(true|false|\$\..+)$/.test(scalarText(rollbackEnabled) ?? ""))
    problems.push(`rollbackEnabled of step '${name}' must be a boolean or a reference.`);
  const broken = retry === undefined ? undefined : retryProblem(retry, retryKeys);
  if (broken) problems.push(`retry of step '${name}' ${broken}.`);
  const odd = value.if === undefined ? undefined : conditionProblem(value.if);
  if (odd) problems.push(`The condition of step '${name}' is not valid: ${odd}.`);
  problems.push(...inputProblems(name, action, value.inputs));
  const condition = Array.isArray(value.if) ? value.if[0] : value.if;
  return {
    name,
    ...(value.description === undefined ? {} : { description: String(value.description) }),
    action,
    onFailure: onFailure === "Continue" ? "Continue" : "Abort",
    timeoutSeconds: Number(timeoutSeconds),
    ...(Number(waitSeconds) > 0 && { waitSeconds: Number(waitSeconds) }),
    ...(isMapping(retry) && { retry: { ...DEFAULT_RETRY, ...retry } }),
    ...(rollbackEnabled !== undefined && { rollbackEnabled: scalarText(rollbackEnabled) ?? "true" }),
    ...(isMapping(condition) ? { condition } : {}),
    inputs: isMapping(value.inputs) ? value.inputs : {},
  };
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-workflow-create-document.html */
const DEFAULT_RETRY = { maxAttempts: 1, backoffSeconds: 30 };

const isWhole = (value: unknown, min: number, max: number): boolean =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
