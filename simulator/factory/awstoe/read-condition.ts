import {
  type Comparison,
  type Condition,
  type ConditionOutcome,
  isMapping,
  type Mapping,
  scalarText,
} from "./document";

const INLINE = ["stringIsEmpty", "stringIsWhitespace", "binaryExists", "fileExists", "folderExists"];
const WITH_VALUE = [
  "stringEquals",
  "stringLessThan",
  "stringLessThanEquals",
  "stringGreaterThan",
  "stringGreaterThanEquals",
  "patternMatches",
  "numberEquals",
  "numberLessThan",
  "numberLessThanEquals",
  "numberGreaterThan",
  "numberGreaterThanEquals",
];
const WITH_PATH = ["fileMD5Equals", "fileSHA1Equals", "fileSHA256Equals", "fileSHA512Equals"];
const MAX_DEPTH = 4;

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
  for (const operator of ["and", "or"] as const) {
    const children = map[operator];
    if (children === undefined) continue;
    if (!Array.isArray(children) || children.length === 0) {
      refuse(`'${operator}' requires a list of conditions`);
      return undefined;
    }
    const read = children.map((child) => readComparison(child, refuse, depth + 1));
    return { kind: operator, children: read.filter((child) => child !== undefined) };
  }
  if (map.not !== undefined) {
    const child = readComparison(map.not, refuse, depth + 1);
    return child && { kind: "not", child };
  }
  return readLeaf(map, refuse);
}

function readLeaf(map: Mapping, refuse: (reason: string) => void): Comparison | undefined {
  const operators = Object.keys(map).filter((key) => key !== "value" && key !== "path");
  const operator = operators[0];
  if (operators.length !== 1 || operator === undefined) {
    refuse("a condition requires exactly one operator");
    return undefined;
  }
  const operand = scalarText(map[operator]);
  const value = scalarText(map.value);
  const path = scalarText(map.path);
  if (operand === undefined) refuse(`operator '${operator}' requires a string or a number`);
  else if (WITH_VALUE.includes(operator) && value === undefined)
    refuse(`operator '${operator}' requires a 'value'`);
  else if (WITH_PATH.includes(operator) && path === undefined)
    refuse(`operator '${operator}' requires a 'path'`);
  else if (![...INLINE, ...WITH_VALUE, ...WITH_PATH].includes(operator))
    refuse(`unknown operator '${operator}'`);
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
