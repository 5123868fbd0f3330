import { awsPages, workflowLimits, workflowLogic, workflowOperators } from "goldsmith-languages/workflow";
import type { ParsedNode } from "yaml";
import { either, sameButCase } from "@/lib/component-document/lint-rule";
import {
  type Field,
  fieldsOf,
  itemsOf,
  type ParsedDocument,
  rangeOf,
  scalarText,
  scalarValue,
} from "@/lib/component-document/parse-document";
import type { SourceRange } from "@/lib/component-document/types";
import { workflowField } from "./workflow-model";
import type { WorkflowCheck, WorkflowReport } from "./workflow-report";

const page = awsPages.workflowConditions;
const names = [...Object.keys(workflowOperators), ...workflowLogic];

/** The `if` of each step: one statement, its operator, what it compares, how deep it goes. */
export const checkConditions: WorkflowCheck = ({ parsed, steps = [] }, report) => {
  for (const { fields } of steps) {
    const field = workflowField(fields, "if");
    if (field) checkStatement(parsed, field.node, field.keyRange, 1, report);
  }
};

function checkStatement(
  parsed: ParsedDocument,
  node: ParsedNode | null,
  at: SourceRange,
  level: number,
  report: WorkflowReport,
): void {
  const say = (range: SourceRange, message: string) =>
    report("workflow-condition", "error", range, message, page);
  if (level > workflowLimits.conditionLevels) {
    say(at, `A condition has at most ${workflowLimits.conditionLevels} levels.`);
    return;
  }
  // The guide shows the first level as a map and as a list of one.
  const items = itemsOf(parsed, node);
  if (items && items.length !== 1) {
    say(at, "A condition is one statement. Combine several with and or or.");
    return;
  }
  const fields = fieldsOf(parsed, items ? items[0] : node);
  const operators = fields.filter(({ key }) => names.includes(key));
  const [operator, second] = operators;
  if (!operator) {
    say(fields[0]?.keyRange ?? at, unknownOperator(fields));
    return;
  }
  if (second) {
    say(second.keyRange, "A condition has one operator. Combine several with and or or.");
    return;
  }
  const isLogic = workflowLogic.some((known) => known === operator.key);
  const odd = fields.find((field) => field !== operator && (isLogic || field.key !== "value"));
  if (odd) say(odd.keyRange, `${odd.key} has no meaning beside ${operator.key}.`);
  if (isLogic) {
    checkChildren(parsed, operator, level, report);
    return;
  }
  const value = workflowField(fields, "value");
  if (!value || scalarText(value.node) === null)
    say(operator.keyRange, `${operator.key} needs value beside it.`);
  const kind = workflowOperators[operator.key];
  const operand = scalarValue(operator.node);
  if (kind === "boolean" && typeof operand !== "boolean" && operand !== "true" && operand !== "false")
    say(operator.range, `${operator.key} compares with true or false.`);
  if (kind === "number" && !/^-?\d+(\.\d+)?$/.test(scalarText(operator.node) ?? ""))
    say(operator.range, `${operator.key} compares with a number.`);
  if (kind === "string" && scalarText(operator.node) === null)
    say(operator.range, `${operator.key} compares with a text.`);
}

function unknownOperator(fields: readonly Field[]): string {
  const odd = fields.find(({ key }) => key !== "value")?.key;
  if (odd === undefined) return `A condition has one operator: ${either(names)}.`;
  const meant = sameButCase(names, odd);
  return meant
    ? `There is no operator ${odd}. Did you mean ${meant}?`
    : `Workflows have no operator ${odd}, only ${either(names)}.`;
}

function checkChildren(parsed: ParsedDocument, operator: Field, level: number, report: WorkflowReport): void {
  const say = (message: string) => report("workflow-condition", "error", operator.keyRange, message, page);
  const items = itemsOf(parsed, operator.node);
  if (operator.key === "not") {
    if (items && items.length !== 1) {
      say("not takes one condition.");
      return;
    }
  } else if (!items || items.length < 1 || items.length > workflowLimits.conditionChildren) {
    say(`${operator.key} takes a list of 1 to ${workflowLimits.conditionChildren} conditions.`);
    return;
  }
  for (const item of items ?? [operator.node])
    checkStatement(parsed, item, item ? rangeOf(item) : operator.keyRange, level + 1, report);
}
