import type { Platform } from "../types";
import { ACTION_MODULES, type ActionModule } from "./action-modules";
import { type AwstoeStep, isMapping, type Mapping, scalarText } from "./document";
import { readComparison, readCondition } from "./read-condition";
import { readLoop } from "./read-loop";

const STEP_KEYS = ["name", "action", "timeoutSeconds", "onFailure", "maxAttempts", "if", "loop", "inputs"];
const DEFAULT_TIMEOUT_SECONDS = 7200;

/** Reads one step; what is wrong with it goes to `problems`, each naming the phase and the step. */
export function readStep(
  value: unknown,
  phase: string,
  names: Set<string>,
  platform: Platform | undefined,
  problems: string[],
): AwstoeStep | undefined {
  if (!isMapping(value)) {
    problems.push(`Parsing phase '${phase}' failed. Error: each step must be a map of keys and values.`);
    return undefined;
  }
  const name = scalarText(value.name);
  if (!name) {
    problems.push(`Parsing phase '${phase}' failed. Error: a step has no name; it requires a 'name'.`);
    return undefined;
  }
  const refuse = (reason: string) =>
    problems.push(`Parsing step '${name}' in phase '${phase}' failed. Error: ${reason}`);
  if (names.has(name)) refuse("the step name is used more than once in the phase");
  names.add(name);
  for (const key of Object.keys(value)) {
    if (!STEP_KEYS.includes(key)) refuse(`unknown property '${key}'`);
  }
  const action = scalarText(value.action);
  const module = action === undefined ? undefined : ACTION_MODULES[action];
  if (!action || !module) {
    refuse(action ? `Action ${action} is not supported` : "the step has no action; it requires an 'action'");
    return undefined;
  }
  if (platform && !module.platforms.includes(platform))
    refuse(`Action ${action} is not supported on ${platform}`);
  const timeoutSeconds = readInteger(value.timeoutSeconds, DEFAULT_TIMEOUT_SECONDS);
  if (timeoutSeconds === undefined || timeoutSeconds === 0 || timeoutSeconds < -1) {
    refuse("'timeoutSeconds' must be a positive integer, or -1 for no limit");
  }
  const maxAttempts = readInteger(value.maxAttempts, 1);
  if (maxAttempts === undefined || maxAttempts < 1) refuse("'maxAttempts' must be an integer of at least 1");
  const onFailure = value.onFailure ?? "Abort";
  if (onFailure !== "Abort" && onFailure !== "Continue" && onFailure !== "Ignore") {
    refuse("'onFailure' must be one of Abort, Continue, Ignore");
  }
  checkInputs(value.inputs, action, module, platform, refuse);
  const condition = value.if === undefined ? undefined : readCondition(value.if, refuse);
  const loop = value.loop === undefined ? undefined : readLoop(value.loop, refuse);
  return {
    name,
    action,
    timeoutSeconds: action === "ExecuteDocument" ? -1 : (timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
    onFailure: onFailure === "Continue" || onFailure === "Ignore" ? onFailure : "Abort",
    maxAttempts: action === "ExecuteDocument" ? 1 : (maxAttempts ?? 1),
    ...(condition ? { condition } : {}),
    ...(loop ? { loop } : {}),
    inputs: value.inputs,
  };
}

function readInteger(value: unknown, absent: number): number | undefined {
  if (value === undefined || value === null) return absent;
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}

function checkInputs(
  inputs: unknown,
  action: string,
  module: ActionModule,
  platform: Platform | undefined,
  refuse: (reason: string) => void,
): void {
  const empty = inputs === undefined || inputs === null || (Array.isArray(inputs) && inputs.length === 0);
  if (empty) {
    if (!module.inputsOptional) refuse(`Action ${action} has no inputs; it requires an 'inputs'`);
    return;
  }
  if (module.shape === "open") {
    readComparison(inputs, refuse, 1);
    return;
  }
  if (module.shape === "list" && !Array.isArray(inputs)) {
    refuse(`'inputs' of action ${action} must be a list`);
    return;
  }
  for (const entry of Array.isArray(inputs) ? inputs : [inputs]) {
    if (isMapping(entry)) checkEntry(entry, action, module, platform, refuse);
    else refuse(`'inputs' of action ${action} must hold maps of keys and values`);
  }
}

function checkEntry(
  entry: Mapping,
  action: string,
  module: ActionModule,
  platform: Platform | undefined,
  refuse: (reason: string) => void,
): void {
  for (const [key, value] of Object.entries(entry)) {
    const rule = module.keys[key];
    if (!rule) refuse(`Action ${action} has an unknown input '${key}'`);
    else if (rule.posixOnly && platform === "Windows")
      refuse(`Input '${key}' of action ${action} is not supported on Windows`);
    else if (!fits(value, rule.kind))
      refuse(`Input '${key}' of action ${action} has the wrong type; it must be ${WORDS[rule.kind]}`);
  }
  for (const [key, rule] of Object.entries(module.keys)) {
    if (rule.required && (entry[key] === undefined || entry[key] === null)) {
      refuse(`Action ${action} requires the input '${key}'`);
    }
  }
  const given = module.oneOf?.filter((key) => entry[key] !== undefined) ?? [];
  if (module.oneOf && given.length !== 1)
    refuse(`Action ${action} requires exactly one of ${module.oneOf.join(", ")}`);
  const paired = module.together?.filter((key) => entry[key] !== undefined) ?? [];
  if (paired.length === 1)
    refuse(`Inputs ${module.together?.join(" and ")} of action ${action} must be given together`);
}

const WORDS = {
  text: "a string",
  boolean: "a boolean",
  integer: "an integer",
  texts: "a list of strings",
  parameters: "a list of name and value",
};

function fits(value: unknown, kind: keyof typeof WORDS): boolean {
  switch (kind) {
    case "text":
      return value === null || scalarText(value) !== undefined;
    case "boolean":
      return (
        typeof value === "boolean" || (typeof value === "string" && /^(true|false|\{\{.*\}\})$/i.test(value))
      );
    case "integer":
      return readInteger(value, 0) !== undefined || (typeof value === "string" && value.includes("{{"));
    case "texts":
      return (
        scalarText(value) !== undefined ||
        (Array.isArray(value) && value.every((item) => item === null || scalarText(item) !== undefined))
      );
    case "parameters":
      return Array.isArray(value) || isMapping(value);
  }
}
