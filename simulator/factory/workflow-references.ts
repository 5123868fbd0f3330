import { isMapping, type Mapping } from "./awstoe/document";

/** What `$.stepOutputs...`, `$.parameters...`, `$.imagebuilder...` lead to. */
export interface WorkflowScope {
  stepOutputs: Record<string, Mapping>;
  parameters: Mapping;
  imagebuilder: Mapping;
  workflowOutputs: Mapping;
}

/** The value at the end of a `$.a.b.c` path; undefined where it leads nowhere. */
export function lookUp(path: string, scope: WorkflowScope): unknown {
  let value: unknown = scope;
  for (const part of path.match(/[\w-]+/g) ?? []) {
    value = Array.isArray(value) ? value[Number(part)] : isMapping(value) ? value[part] : undefined;
  }
  return value;
}

/** Inputs with every `key.$` replaced by what it refers to. */
export function resolveInputs(inputs: Mapping, scope: WorkflowScope): Mapping {
  const resolved: Mapping = {};
  for (const [key, value] of Object.entries(inputs)) {
    if (key.endsWith(".$") && typeof value === "string")
      resolved[key.slice(0, -2)] = lookUp(value, scope) ?? value;
    else if (isMapping(value)) resolved[key] = resolveInputs(value, scope);
    else if (Array.isArray(value))
      resolved[key] = value.map((item) => (isMapping(item) ? resolveInputs(item, scope) : item));
    else resolved[key] = typeof value === "string" ? fillIn(value, scope) : value;
  }
  return resolved;
}

/** A text with every `{{ $.path }}` in it replaced; others stay as they are written. */
function fillIn(text: string, scope: WorkflowScope): string {
  return text.replaceAll(/\{\{\s*(\$\.[^{}]*?)\s*\}\}/g, (whole, path: string) => {
    const value = lookUp(path, scope);
    return value === undefined ? whole : typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}

const NUMBER_TESTS: Record<string, (value: number, operand: number) => boolean> = {
  numberEquals: (value, operand) => value === operand,
  numberLessThan: (value, operand) => value < operand,
  numberLessThanEquals: (value, operand) => value <= operand,
  numberGreaterThan: (value, operand) => value > operand,
  numberGreaterThanEquals: (value, operand) => value >= operand,
};

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-conditional-statements.html */
export function conditionHolds(condition: Mapping, scope: WorkflowScope): boolean {
  if (Array.isArray(condition.and))
    return condition.and.filter(isMapping).every((child) => conditionHolds(child, scope));
  if (Array.isArray(condition.or))
    return condition.or.filter(isMapping).some((child) => conditionHolds(child, scope));
  if (condition.not !== undefined) {
    const child = Array.isArray(condition.not) ? condition.not[0] : condition.not;
    return isMapping(child) && !conditionHolds(child, scope);
  }
  const given = condition.value;
  const value = typeof given === "string" && given.startsWith("$.") ? lookUp(given, scope) : given;
  for (const [operator, operand] of Object.entries(condition)) {
    if (operator === "booleanEquals" || operator === "stringEquals") return String(value) === String(operand);
    const test = NUMBER_TESTS[operator];
    if (test) return test(Number(value), Number(operand));
  }
  return false;
}
