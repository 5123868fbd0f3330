import { pathStatus } from "../shell/bash-test";
import { isMissingName, isUnknown, type Machine } from "../shell/machine";
import type { Comparison } from "./document";
import { type References, resolveText } from "./references";

const ORDER: Record<string, (order: number) => boolean> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThan: (order) => order > 0,
  GreaterThanEquals: (order) => order >= 0,
};

/**
 * Whether a step's condition or an Assert holds. `numberLessThan: 2, value: 1` asks whether the value is less
 * than the operand. What the simulator cannot know counts as true.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-comparison-operators.html
 */
export function comparisonHolds(test: Comparison, references: References, machine: Machine): boolean {
  if ("children" in test) {
    const holds = (child: Comparison) => comparisonHolds(child, references, machine);
    return test.kind === "and" ? test.children.every(holds) : test.children.some(holds);
  }
  if (test.kind === "not") return !comparisonHolds(test.child, references, machine);
  const operand = resolveText(test.operand, references).replace(/\n$/, "");
  const value = resolveText(test.value ?? "", references).replace(/\n$/, "");
  if (isUnknown(operand) || isUnknown(value)) return true;
  const [, kind, relation = ""] = /^(string|number)(.+)$/.exec(test.operator) ?? [];
  const order = ORDER[relation];
  if (order && kind === "string") return order(value < operand ? -1 : Number(value > operand));
  if (order && kind === "number") return order(Number(value) - Number(operand));
  switch (test.operator) {
    case "stringIsEmpty":
      return operand === "";
    case "stringIsWhitespace":
      return /^\s*$/.test(operand);
    case "patternMatches":
      return matches(operand, value);
    case "binaryExists":
      return !isMissingName(operand);
    case "fileExists":
      return pathStatus(operand, machine.files, "f").code === 0;
    case "folderExists":
      return pathStatus(operand, machine.files, "d").code === 0;
    default:
      // A file's hash: the simulator keeps no bytes, so only an all-zero one differs.
      return !/^0+$/.test(operand);
  }
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return false;
  }
}
