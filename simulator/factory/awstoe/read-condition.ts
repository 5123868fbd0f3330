import { comparisonOperator, documentLimits, isLogicalOperator } from "goldsmith-languages/component";
import {
  type Comparison,
  type Condition,
  type ConditionOutcome,
  isMapping,
  type Mapping,
  scalarText,
} from "./document";

const MAX_DEPTH = documentLimits.conditionLevels;

/** A step's `if`. The guide shows it as a map and as a list of one-key maps; both are read. */
export function readCondition(value: unknown, refuse: (reason: string) => void): Condition | undefined {
  const merged = asMap(value);
  if (!merged) {
    refuse("'if' must hold a comparison or a logical operator");
    return undefined;
  }
  const { then: onTrue, else: onFalse, ...rest } = merged;
  const test = readComparison(rest, refuse, 1);
  if (!test) return undefined;
  return {
    test,
    onTrue: readOutcome(onTrue, "Execute", refuse),
    onFalse: readOutcome(onFalse, "Skip", refuse),
  };
}

function asMap(value: unknown): Mapping | undefined {
  if (isMapping(value)) return value;
  return Array.isArray(value) && value.every(isMapping) ? Object.assign({}, ...value) : undefined;
}

function readOutcome(
  value: unknown,
  absent: ConditionOutcome,
  refuse: (reason: string) => void,
): ConditionOutcome {
  if (value === undefined) return absent;
  if (value === "Abort" || value === "Execute" || value === "Skip") return value;
  refuse("'then' and 'else' must be one of Abort, Execute, Skip");
  return absent;
}

/** One comparison or a tree of and, or, not. */
export function readComparison(
  value: unknown,
  refuse: (reason: string) => void,
  depth: number,
): Comparison | undefined {
  if (depth > MAX_DEPTH) {
    refuse(`conditions nest at most ${MAX_DEPTH} levels deep`);
    return undefined;
  }
  const map = asMap(value);
  if (!map) {
    refuse("a condition must be a map with one operator");
    return undefined;
  }
  const operators = Object.keys(map).filter((key) => isLogicalOperator(key) || comparisonOperator(key));
  const [operator] = operators;
  if (!operator || operators.length > 1) {
    const odd = Object.keys(map).find((key) => key !== "value" && key !== "path");
    refuse(!operator && odd ? `unknown operator '${odd}'` : "a condition requires exactly one operator");
    return undefined;
  }
  const second = comparisonOperator(operator)?.second;
  const stray = Object.keys(map).find((key) => key !== operator && key !== second);
  if (stray) refuse(`'${stray}' has no meaning beside operator '${operator}'`);
  if (operator === "and" || operator === "or") {
    const children = map[operator];
    if (!Array.isArray(children) || children.length === 0) {
      refuse(`'${operator}' requires a list of conditions`);
      return undefined;
    }
    const read = children.map((child) => readComparison(child, refuse, depth + 1));
    return { kind: operator, children: read.filter((child) => child !== undefined) };
  }
  if (operator === "not") {
    if (Array.isArray(map.not) && map.not.length !== 1) refuse("'not' requires one condition");
    const child = readComparison(map.not, refuse, depth + 1);
    return child && { kind: "not", child };
  }
  return readLeaf(map, operator, refuse);
}

function readLeaf(map: Mapping, operator: string, refuse: (reason: string) => void): Comparison | undefined {
  const { second } = comparisonOperator(operator) ?? {};
  const operand = scalarText(map[operator]);
  const value = scalarText(map.value);
  const path = scalarText(map.path);
  if (operand === undefined) refuse(`operator '${operator}' requires a string or a number`);
  else if (second === "value" && value === undefined) refuse(`operator '${operator}' requires a 'value'`);
  else if (second === "path" && path === undefined) refuse(`operator '${operator}' requires a 'path'`);
  else {
    return {
      kind: "compare",
      operator,
      operand,
      ...(value === undefined ? {} : { value }),
      ...(path === undefined ? {} : { path }),
    };
  }
  return undefined;
}
