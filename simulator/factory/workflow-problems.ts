import {
  amiDistribution,
  containerDistribution,
  jsonLimitBytes,
  referenceRoots,
  type StepInput,
  stepAction,
  workflowLimits,
  workflowOperators,
} from "goldsmith-languages/workflow";
import { isMapping, type Mapping, scalarText } from "./awstoe/document";

const REFERENCE = /^\s*\$\.[A-Za-z]/;
const EMBEDDED = /\{\{\s*(\$\.[^{}]*?)\s*\}\}/g;

/** What the inputs of a step break: https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-step-actions.html */
export function inputProblems(step: string, action: string, inputs: unknown): string[] {
  const rule = stepAction(action);
  if (inputs !== undefined && inputs !== null && !isMapping(inputs))
    return [`The inputs of step '${step}' must be a map.`];
  const given = isMapping(inputs) ? inputs : {};
  const problems: string[] = [];
  for (const input of rule?.inputs ?? []) {
    const plain = given[input.name];
    const referred = given[`${input.name}.$`];
    if (plain !== undefined && referred !== undefined)
      problems.push(`The input '${input.name}' of step '${step}' is given twice.`);
    else if ((plain ?? referred ?? null) === null) {
      if (input.required)
        problems.push(`The action ${action} of step '${step}' requires the input '${input.name}'.`);
    } else {
      const problem = referred === undefined ? valueProblem(plain, input) : referredProblem(referred, input);
      if (problem) problems.push(`The input '${input.name}' of step '${step}' ${problem}.`);
    }
  }
  for (const [key, text] of keyedTexts(given)) {
    if (REFERENCE.test(text) && !key.endsWith(".$"))
      problems.push(
        `The key '${key}' of step '${step}' must end with '.$' to take the reference '${text.trim()}'.`,
      );
  }
  return problems;
}

function referredProblem(value: unknown, { onlyReference }: StepInput): string | undefined {
  const isStepOutput = typeof value === "string" && /^\s*\$\.stepOutputs\./.test(value);
  return onlyReference && !isStepOutput ? "must refer to $.stepOutputs" : undefined;
}

function valueProblem(value: unknown, { type, values, onlyReference }: StepInput): string | undefined {
  const text = scalarText(value);
  if (text !== undefined && REFERENCE.test(text)) return undefined;
  if (onlyReference) return "must be a reference";
  if (type === "json") return jsonProblem(text);
  if (text?.includes("{{")) return undefined;
  const texts = Array.isArray(value) && value.every((item) => scalarText(item) !== undefined);
  const fits = {
    string: text !== undefined,
    boolean: text === "true" || text === "false",
    "string list": texts,
    list: Array.isArray(value),
    map: isMapping(value),
  }[type];
  if (!fits) return `must be a ${type}`;
  return values && !values.includes(text ?? "") ? `must be one of ${values.join(", ")}` : undefined;
}

function jsonProblem(text: string | undefined): string | undefined {
  if (text === undefined) return "must be a JSON string";
  if (Buffer.byteLength(text) > jsonLimitBytes) return `must have at most ${jsonLimitBytes} bytes`;
  try {
    JSON.parse(text.replace(EMBEDDED, "1"));
    return undefined;
  } catch {
    return "must be a valid JSON string";
  }
}

/** The texts of a value with the key each stands at; items of lists have none. */
function* keyedTexts(value: unknown): Generator<[key: string, text: string]> {
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object") yield* keyedTexts(item);
  } else if (isMapping(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "string") yield [key, inner];
      else yield* keyedTexts(inner);
    }
  }
}

interface Known {
  name: string;
  action: string;
}

/** Where references lead nowhere: https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-dynamic-vars.html */
export function referenceProblems(
  value: unknown,
  where: string,
  earlier: readonly Known[],
  parameters: readonly string[],
): string[] {
  return [...pathsIn(value)].flatMap((path) => {
    const [root = "", name = "", output = ""] = path
      .replace(/^\$\./, "")
      .replaceAll(/\[[^\]]*\]/g, "")
      .split(".");
    const leadsNowhere = [`The reference '${path}' of ${where} does not exist.`];
    if (!referenceRoots.some((known) => known === root)) return leadsNowhere;
    if (root === "parameters") return parameters.includes(name) ? [] : leadsNowhere;
    if (root !== "stepOutputs") return [];
    const step = earlier.find((each) => each.name === name);
    const action = step && stepAction(step.action);
    return !step || (action && !action.outputs.includes(output)) ? leadsNowhere : [];
  });
}

function* pathsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (REFERENCE.test(value)) yield value.trim();
    else for (const [, path = ""] of value.matchAll(EMBEDDED)) yield path;
  } else if (Array.isArray(value)) for (const item of value) yield* pathsIn(item);
  else if (isMapping(value)) for (const item of Object.values(value)) yield* pathsIn(item);
}

/** What is wrong with a step's `if`: https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-conditional-statements.html */
export function conditionProblem(condition: unknown, level = 1): string | undefined {
  if (level > workflowLimits.conditionLevels)
    return `conditions nest at most ${workflowLimits.conditionLevels} levels deep`;
  const statement = Array.isArray(condition) && condition.length === 1 ? condition[0] : condition;
  if (!isMapping(statement)) return "a condition must be one statement";
  const { value, ...rest } = statement;
  const [operator = "", ...more] = Object.keys(rest);
  if (more.length > 0) return "a condition must have one operator";
  const operand = rest[operator];
  if (operator === "and" || operator === "or" || operator === "not") {
    if (value !== undefined) return `'value' has no meaning beside '${operator}'`;
    const children = operator === "not" && !Array.isArray(operand) ? [operand] : operand;
    const most = operator === "not" ? 1 : workflowLimits.conditionChildren;
    if (!Array.isArray(children) || children.length < 1 || children.length > most)
      return `'${operator}' takes 1 to ${most} conditions`;
    return children
      .map((child) => conditionProblem(child, level + 1))
      .find((problem) => problem !== undefined);
  }
  const kind = workflowOperators[operator];
  if (!kind) return `unknown operator '${operator}'`;
  if (scalarText(value) === undefined) return `operator '${operator}' requires a 'value'`;
  const text = scalarText(operand) ?? "";
  const fits = { boolean: /^(true|false)$/, number: /^-?\d+(\.\d+)?$/, string: /./s }[kind];
  return fits.test(text) ? undefined : `operator '${operator}' does not take '${text}'`;
}

/** A workflow distributes AMIs or containers, not both. */
export function mixedDistribution(steps: readonly Known[]): string[] {
  const has = (name: string) => steps.some(({ action }) => action === name);
  return has(containerDistribution) && amiDistribution.some(has)
    ? [`A workflow with ${containerDistribution} cannot include ${amiDistribution.join(", ")}.`]
    : [];
}

export function retryProblem(
  retry: unknown,
  keys: Readonly<Record<string, { min: number; max: number; required: boolean }>>,
) {
  if (!isMapping(retry)) return "must be a map";
  const unknown = Object.keys(retry).find((key) => !keys[key]);
  if (unknown) return `has an unknown property '${unknown}'`;
  for (const [key, { min, max, required }] of Object.entries(keys)) {
    const value: unknown = (retry as Mapping)[key];
    if (
      value === undefined
        ? required
        : !(Number.isInteger(value) && Number(value) >= min && Number(value) <= max)
    )
      return `requires '${key}' from ${min} to ${max}`;
  }
  return undefined;
}
