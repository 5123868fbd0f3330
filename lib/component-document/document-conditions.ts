import { comparisonOperator, isLogicalOperator } from "goldsmith-languages/component";
import { fieldNamed, type StepModel } from "./document-model";
import { type Field, fieldsOf, itemsOf, type ParsedDocument, rangeOf } from "./parse-document";
import type { SourceRange } from "./types";

/** One level of a condition, with what stands beside its operator. */
export interface ConditionModel {
  range: SourceRange;
  operators: Field[];
  /** The keys that belong to no operator. */
  others: Field[];
  /** 1 at the top. */
  depth: number;
  children: ConditionModel[];
}

/** Beyond AWS's four levels, so that a fifth is seen; an alias that holds itself ends here. */
const depthLimit = 6;

const isOperator = (key: string) => isLogicalOperator(key) || comparisonOperator(key) !== undefined;

/** AWS's guide shows a condition as a map and as a list of maps: both are read as one map. */
function conditionFields(parsed: ParsedDocument, field: Field): Field[] {
  const items = itemsOf(parsed, field.node);
  return items ? items.flatMap((item) => fieldsOf(parsed, item)) : fieldsOf(parsed, field.node);
}

function modelLevel(
  parsed: ParsedDocument,
  fields: Field[],
  range: SourceRange,
  depth: number,
): ConditionModel {
  const operators = fields.filter((field) => isOperator(field.key));
  const children = operators
    .filter((operator) => isLogicalOperator(operator.key) && depth < depthLimit)
    .flatMap((operator) => {
      const items = itemsOf(parsed, operator.node);
      const parts = items ?? [operator.node];
      return parts.map((part) =>
        modelLevel(parsed, fieldsOf(parsed, part), part ? rangeOf(part) : operator.range, depth + 1),
      );
    });
  return { range, operators, others: fields.filter((field) => !isOperator(field.key)), depth, children };
}

/** The condition of a step's `if`, without then and else; null when it has none. */
export function ifCondition(parsed: ParsedDocument, step: StepModel): ConditionModel | null {
  const field = fieldNamed(step.fields, "if");
  if (!field) return null;
  const fields = conditionFields(parsed, field).filter(({ key }) => key !== "then" && key !== "else");
  return modelLevel(parsed, fields, field.keyRange, 1);
}

/** What an Assert step compares; null for other steps. */
export function assertCondition(parsed: ParsedDocument, step: StepModel): ConditionModel | null {
  if (step.action !== "Assert" || !step.inputs) return null;
  return modelLevel(parsed, conditionFields(parsed, step.inputs), step.inputs.keyRange, 1);
}

/** then and else of a step's `if`. */
export function branches(parsed: ParsedDocument, step: StepModel): Field[] {
  const field = fieldNamed(step.fields, "if");
  return field ? conditionFields(parsed, field).filter(({ key }) => key === "then" || key === "else") : [];
}

export function* levels(condition: ConditionModel): Generator<ConditionModel> {
  yield condition;
  for (const child of condition.children) yield* levels(child);
}
