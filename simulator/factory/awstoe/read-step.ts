import {
  type ActionModule,
  actionModule,
  documentName,
  failureActions,
  type InputType,
  type ModuleInput,
  stepKeys,
} from "goldsmith-languages/component";
import type { Platform } from "../types";
import { type AwstoeStep, isMapping, type Mapping, scalarText } from "./document";
import { readComparison, readCondition } from "./read-condition";
import { readLoop } from "./read-loop";

const STEP_KEYS = stepKeys.map(({ name }) => name);
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
  if (!documentName.pattern.test(name))
    // In AWS's words, which say nothing of the length.
    problems.push(
      `Invalid step name '${name}' in phase '${phase}'. Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_].`,
    );
  if (names.has(name)) refuse("the step name is used more than once in the phase");
  names.add(name);
  for (const key of Object.keys(value)) {
    if (!STEP_KEYS.includes(key)) refuse(`unknown property '${key}'`);
  }
  const action = scalarText(value.action);
  const module = action === undefined ? undefined : actionModule(action);
  if (!action || !module) {
    refuse(action ? `Action ${action} is not supported` : "the step has no action; it requires an 'action'");
    return undefined;
  }
  if (platform && !module.platforms.includes(platform))
    refuse(`Action ${action} is not supported on ${platform}`);
  if (value.disableLogging !== undefined && typeof value.disableLogging !== "boolean")
    refuse("'disableLogging' must be true or false");
  for (const [key, only] of Object.entries(module.fixedStepKeys ?? {})) {
    if (value[key] !== undefined && value[key] !== only) refuse(`Action ${action} does not support '${key}'`);
  }
  const timeoutSeconds = readInteger(value.timeoutSeconds, DEFAULT_TIMEOUT_SECONDS);
  if (timeoutSeconds === undefined || timeoutSeconds === 0 || timeoutSeconds < -1) {
    refuse("'timeoutSeconds' must be a positive integer, or -1 for no limit");
  }
  const maxAttempts = readInteger(value.maxAttempts, 1);
  if (maxAttempts === undefined || maxAttempts < 1) refuse("'maxAttempts' must be an integer of at least 1");
  const onFailure = value.onFailure ?? "Abort";
  if (!failureActions.some((known) => known === onFailure)) {
    refuse(`'onFailure' must be one of ${failureActions.join(", ")}`);
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
    ...(value.disableLogging === true && { disableLogging: true as const }),
  };
}

function readInteger(value: unknown, absent: number): number | undefined {
  if (value === undefined || value === null) return absent;
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
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
    if (module.shape !== "optional map" || Array.isArray(inputs))
      refuse(`Action ${action} has no inputs; it requires an 'inputs'`);
    return;
  }
  if (module.shape === "condition") {
    readComparison(inputs, refuse, 1);
    return;
  }
  if (module.shape === "list" && !Array.isArray(inputs)) {
    refuse(`'inputs' of action ${action} must be a list`);
    return;
  }
  if (module.shape !== "list" && Array.isArray(inputs)) {
    refuse(`'inputs' of action ${action} must be a map of keys and values`);
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
    const input = module.inputs.find(({ name }) => name === key);
    if (!input) refuse(`Action ${action} has an unknown input '${key}'`);
    else if (platform && input.notOn?.includes(platform))
      refuse(`Input '${key}' of action ${action} is not supported on ${platform}`);
    else if (value !== null && value !== undefined) {
      const reason = problemOf(value, input);
      if (reason) refuse(`Input '${key}' of action ${action} ${reason}`);
    }
  }
  for (const { name, required } of module.inputs) {
    if (required && (entry[name] === undefined || entry[name] === null)) {
      refuse(`Action ${action} requires the input '${name}'`);
    }
  }
  const given = module.oneOf?.filter((key) => entry[key] !== undefined) ?? [];
  if (module.oneOf && given.length !== 1)
    refuse(`Action ${action} requires exactly one of ${module.oneOf.join(", ")}`);
  const paired = module.together?.filter((key) => entry[key] !== undefined) ?? [];
  if (paired.length === 1)
    refuse(`Inputs ${module.together?.join(" and ")} of action ${action} must be given together`);
}

const WORDS: Record<InputType, string> = {
  string: "a string",
  boolean: "a boolean",
  integer: "an integer",
  "string list": "a list of strings that is not empty",
  "text, number or list": "a string, a number or a list of them",
  "text map": "a map of strings",
  "parameter list": "a list of name and value",
};

/** A value that is known only when the references in it are filled in. */
const isOpen = (value: unknown) => typeof value === "string" && value.includes("{{");
const isText = (value: unknown) => scalarText(value) !== undefined;

const FITS: Record<InputType, (value: unknown) => boolean> = {
  string: isText,
  boolean: (value) => typeof value === "boolean" || value === "true" || value === "false" || isOpen(value),
  integer: (value) => /^\d+$/.test(scalarText(value) ?? "") || isOpen(value),
  "string list": (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  "text, number or list": (value) =>
    isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
  "text map": (value) => isMapping(value) && Object.values(value).every(isText),
  "parameter list": (value) =>
    Array.isArray(value) && value.every((item) => isMapping(item) && isText(item.name) && isText(item.value)),
};

/** Why a value is none that its input takes, as "must be a string". */
function problemOf(value: unknown, { type, values, anyCase, refusedKeys, pattern }: ModuleInput) {
  if (!FITS[type](value)) return `has the wrong type; it must be ${WORDS[type]}`;
  const refused = isMapping(value) && refusedKeys?.find((key) => Object.hasOwn(value, key));
  if (refused) return `must not set the property ${refused}`;
  const text = scalarText(value);
  if (text === undefined || isOpen(text)) return undefined;
  const same = (known: string) => known === text || (anyCase && known.toLowerCase() === text.toLowerCase());
  if (values && !values.some(same)) return `must be one of ${values.join(", ")}`;
  return pattern && !pattern.test(text) ? `has the value '${text}', which is not valid` : undefined;
}
