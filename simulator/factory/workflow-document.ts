import { parseDocument } from "yaml";
import { isMapping, type Mapping, scalarText } from "./awstoe/document";
import { rememberByText } from "./remember";
import type { DocumentProblem, WorkflowType } from "./types";

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
  condition?: Mapping;
  inputs: Mapping;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface StepAction {
  stages: string;
  defaultSeconds: number;
  maxSeconds: number;
  required?: readonly string[];
}

const instance = { required: ["instanceId"] };

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-step-actions.html */
const STEP_ACTIONS: Readonly<Record<string, StepAction>> = {
  LaunchInstance: {
    stages: "BTD",
    defaultSeconds: 75 * MINUTE,
    maxSeconds: 12 * HOUR,
    required: ["waitFor"],
  },
  BootstrapInstanceForContainer: { stages: "BTD", defaultSeconds: HOUR, maxSeconds: 12 * HOUR, ...instance },
  ExecuteComponents: { stages: "BT", defaultSeconds: 12 * HOUR, maxSeconds: DAY, ...instance },
  CollectImageMetadata: { stages: "BTD", defaultSeconds: 30 * MINUTE, maxSeconds: 12 * HOUR, ...instance },
  CollectImageScanFindings: { stages: "T", defaultSeconds: 2 * HOUR, maxSeconds: 12 * HOUR, ...instance },
  RunSysPrep: { stages: "BTD", defaultSeconds: HOUR, maxSeconds: 12 * HOUR, ...instance },
  SanitizeInstance: { stages: "BTD", defaultSeconds: HOUR, maxSeconds: 12 * HOUR, ...instance },
  CreateImage: { stages: "BTD", defaultSeconds: 12 * HOUR, maxSeconds: 3 * DAY, ...instance },
  CreateImageFromIso: { stages: "BTD", defaultSeconds: 12 * HOUR, maxSeconds: 12 * HOUR, ...instance },
  RegisterImage: { stages: "BTD", defaultSeconds: 9 * HOUR, maxSeconds: 12 * HOUR },
  RunCommand: {
    stages: "BTD",
    defaultSeconds: 12 * HOUR,
    maxSeconds: 12 * HOUR,
    required: ["instanceId", "documentName"],
  },
  WaitForSSMAgent: { stages: "BTD", defaultSeconds: HOUR, maxSeconds: 3 * HOUR, ...instance },
  WaitForAction: { stages: "BTD", defaultSeconds: 3 * DAY, maxSeconds: 7 * DAY },
  ExecuteStateMachine: {
    stages: "BTD",
    defaultSeconds: 6 * HOUR,
    maxSeconds: DAY,
    required: ["stateMachineArn"],
  },
  TerminateInstance: { stages: "BTD", defaultSeconds: 30 * MINUTE, maxSeconds: 12 * HOUR, ...instance },
  DistributeImage: { stages: "D", defaultSeconds: 6 * HOUR, maxSeconds: 12 * HOUR },
  ModifyImageAttributes: {
    stages: "D",
    defaultSeconds: 2 * HOUR,
    maxSeconds: 3 * HOUR,
    required: ["distributedImages"],
  },
  ApplyImageConfigurations: {
    stages: "D",
    defaultSeconds: 6 * HOUR,
    maxSeconds: 12 * HOUR,
    required: ["distributedImages"],
  },
  DistributeContainerImage: { stages: "D", defaultSeconds: 2 * HOUR, maxSeconds: 12 * HOUR, ...instance },
};

const STEP_NAME = /^[A-Za-z][A-Za-z0-9-_]{1,99}$/;
const STEP_KEYS = [
  "name",
  "action",
  "description",
  "onFailure",
  "rollbackOnFailure",
  "timeoutSeconds",
  "if",
  "inputs",
];

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
  const entries = Array.isArray(value.steps) ? value.steps : [];
  if (entries.length === 0) problems.push("The workflow document requires at least one step.");
  const seen = new Set<string>();
  const steps = entries.flatMap((entry) => {
    const step = readStep(entry, type, problems);
    if (step && seen.has(step.name)) problems.push(`The step name '${step.name}' is used more than once.`);
    if (step) seen.add(step.name);
    return step ? [step] : [];
  });
  if (problems.length > 0) return { ok: false, problems: problems.map((message) => ({ message })) };
  return {
    ok: true,
    document: {
      ...(value.name === undefined ? {} : { name: String(value.name) }),
      parameters: named(value.parameters).map((entry) => ({
        name: String(entry.name),
        default: entry.default,
      })),
      steps,
      outputs: named(value.outputs).map((entry) => ({
        name: String(entry.name),
        value: String(entry.value),
      })),
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

function named(value: unknown): Mapping[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
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
  if (!STEP_NAME.test(name)) problems.push(`The step name '${name}' is not valid.`);
  for (const key of Object.keys(value)) {
    if (!STEP_KEYS.includes(key)) problems.push(`The step '${name}' has an unknown property '${key}'.`);
  }
  const action = scalarText(value.action) ?? "";
  const rule = STEP_ACTIONS[action];
  if (!rule) {
    problems.push(`The step '${name}' has the unknown action '${action}'.`);
    return undefined;
  }
  if (type && !rule.stages.includes(type.charAt(0))) {
    problems.push(`The action ${action} of step '${name}' is not allowed in a ${type} workflow.`);
  }
  const onFailure = value.onFailure ?? "Abort";
  if (onFailure !== "Abort" && onFailure !== "Continue")
    problems.push(`onFailure of step '${name}' must be Abort or Continue.`);
  const timeoutSeconds =
    value.timeoutSeconds === undefined ? rule.defaultSeconds : Number(value.timeoutSeconds);
  if (!(timeoutSeconds >= 1 && timeoutSeconds <= rule.maxSeconds)) {
    problems.push(`timeoutSeconds of step '${name}' must be between 1 and ${rule.maxSeconds}.`);
  }
  const inputs = isMapping(value.inputs) ? value.inputs : {};
  for (const key of rule.required ?? []) {
    if (inputs[key] === undefined && inputs[`${key}.$`] === undefined) {
      problems.push(`The action ${action} of step '${name}' requires the input '${key}'.`);
    }
  }
  return {
    name,
    ...(value.description === undefined ? {} : { description: String(value.description) }),
    action,
    onFailure: onFailure === "Continue" ? "Continue" : "Abort",
    timeoutSeconds,
    ...(isMapping(value.if) ? { condition: value.if } : {}),
    inputs,
  };
}
