import { awsPages, jsonLimitBytes, type StepInput, stepAction } from "goldsmith-languages/workflow";
import { isMap } from "yaml";
import { either } from "@/lib/component-document/lint-rule";
import {
  type Field,
  fieldsOf,
  itemsOf,
  type ParsedDocument,
  scalarText,
  scalarValue,
} from "@/lib/component-document/parse-document";
import { cutText } from "@/lib/core/canonical-text";
import { type WorkflowStep, workflowField } from "./workflow-model";
import type { WorkflowCheck, WorkflowReport } from "./workflow-report";
import { embeddedReference, textsBelow, wholeReference } from "./workflow-texts";

const page = awsPages.workflowActions;

/** The inputs of each step: what its action requires, knows and takes, and whether references are written as such. */
export const checkInputs: WorkflowCheck = ({ parsed, steps = [] }, report) => {
  for (const step of steps) {
    const inputs = workflowField(step.fields, "inputs");
    const fields = fieldsOf(parsed, inputs?.node);
    if (inputs && scalarValue(inputs.node) !== null && !isMap(inputs.node))
      report("workflow-inputs", "error", inputs.keyRange, "inputs is a map.", page);
    checkKnown(parsed, step, fields, inputs, report);
    if (inputs) checkReferenceKeys(parsed, inputs, report);
  }
};

const plainKey = (key: string) => key.replace(/\.\$$/, "");

function checkKnown(
  parsed: ParsedDocument,
  step: WorkflowStep,
  fields: readonly Field[],
  inputs: Field | undefined,
  report: WorkflowReport,
): void {
  const action = stepAction(step.action ?? "");
  if (!action) return;
  const at = inputs?.keyRange ?? workflowField(step.fields, "action")?.range ?? step.range;
  for (const input of action.inputs) {
    const given = fields.filter(({ key }) => plainKey(key) === input.name);
    const [field, second] = given;
    if (second) report("workflow-inputs", "error", second.keyRange, `${input.name} is given twice.`, page);
    if (!field || scalarValue(field.node) === null) {
      if (!input.required) continue;
      const key = input.onlyReference ? `${input.name}.$` : input.name;
      report(
        "workflow-missing-input",
        "error",
        field?.keyRange ?? at,
        `${action.name} needs the input ${key}.`,
        page,
      );
      continue;
    }
    const problem = misfit(parsed, field, input);
    if (problem) report("workflow-input-value", "error", field.range, problem, page);
  }
  for (const { key, keyRange } of fields) {
    if (action.inputs.some(({ name }) => name === plainKey(key))) continue;
    const names = action.inputs.map(({ name }) => name);
    const known = names.length === 0 ? "It takes none." : `It takes ${either(names)}.`;
    report(
      "workflow-unknown-input",
      "warning",
      keyRange,
      `${action.name} has no input ${key}. ${known}`,
      page,
    );
  }
}

/** Why a value is none that its input takes; undefined when it is, or when only a build knows. */
function misfit(parsed: ParsedDocument, field: Field, input: StepInput): string | undefined {
  const { name, type, values, onlyReference } = input;
  const text = scalarText(field.node);
  if (field.key.endsWith(".$")) {
    const isStepOutput = /^\s*\$\.stepOutputs\./.test(text ?? "");
    return onlyReference && !isStepOutput ? `${field.key} must begin with $.stepOutputs.` : undefined;
  }
  // That a reference needs another key is said of the key.
  if (text !== null && wholeReference.test(text)) return undefined;
  if (onlyReference) return `${name} takes a reference only: write ${name}.$ and $.stepOutputs…`;
  if (text?.includes("{{") && type !== "json") return undefined;
  const items = itemsOf(parsed, field.node);
  switch (type) {
    case "string":
      if (text === null) return `${name} must be text.`;
      return values && !values.includes(text) ? `${name} must be ${either(values)}.` : undefined;
    case "boolean":
      return typeof scalarValue(field.node) === "boolean" || text === "true" || text === "false"
        ? undefined
        : `${name} must be true or false.`;
    case "string list":
      return items?.every((item) => scalarText(item) !== null)
        ? undefined
        : `${name} must be a list of texts.`;
    case "list":
      return items ? undefined : `${name} must be a list.`;
    case "map":
      return isMap(field.node) ? undefined : `${name} must be a map.`;
    case "json":
      return text === null ? `${name} must be a text of JSON.` : jsonProblem(name, text);
  }
}

function jsonProblem(name: string, text: string): string | undefined {
  if (new TextEncoder().encode(text).length > jsonLimitBytes) return `${name} has more than 16 KiB.`;
  try {
    // A number stands well within quotes and without them.
    JSON.parse(text.replace(embeddedReference, "0"));
    return undefined;
  } catch {
    return `${name} must be JSON once what stands in {{ }} is filled in.`;
  }
}

/** A whole value that is a reference needs a key that ends in `.$`, and the other way round. */
function checkReferenceKeys(parsed: ParsedDocument, inputs: Field, report: WorkflowReport): void {
  const source = awsPages.workflowVariables;
  for (const { key, keyRange, text, range, isItem } of textsBelow(parsed, inputs.node, inputs)) {
    if (isItem) continue;
    const isReference = wholeReference.test(text);
    if (isReference && !key.endsWith(".$"))
      report(
        "workflow-reference-key",
        "error",
        keyRange,
        `${key} takes ${cutText(text.trim(), 80)} as plain text. For what it refers to the key must be ${key}.$.`,
        source,
      );
    if (!isReference && key.endsWith(".$"))
      report(
        "workflow-reference-key",
        "warning",
        range,
        `${key} takes a reference, and this is a plain value.`,
        source,
      );
  }
}
