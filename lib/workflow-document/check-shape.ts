import {
  awsPages,
  buildOutputs,
  type WorkflowType,
  workflowKeys,
  workflowLimits,
  workflowOutputKeys,
  workflowParameterKeys,
  workflowParameterTypes,
} from "goldsmith-languages/workflow";
import { isMap, isSeq } from "yaml";
import { either } from "@/lib/component-document/lint-rule";
import { type Field, itemsOf, scalarText, scalarValue } from "@/lib/component-document/parse-document";
import type { SourceRange } from "@/lib/component-document/types";
import { cutText } from "@/lib/core/canonical-text";
import { type WorkflowEntry, type WorkflowModel, workflowField } from "./workflow-model";
import type { WorkflowReport } from "./workflow-report";

const page = awsPages.workflowDocument;
/** Steps that make the AMI a BUILD workflow hands on. */
const MAKES_AMI: readonly (string | undefined)[] = ["CreateImage", "CreateImageFromIso", "RegisterImage"];

/** The keys of the document, its lists with their limits, its parameters and outputs. */
export function checkShape(model: WorkflowModel, report: WorkflowReport, type?: WorkflowType): void {
  const { fields, steps, parsed } = model;
  const start: SourceRange = [0, 1];
  if (!fields) {
    report("workflow-map", "error", start, "A workflow is a map with schemaVersion and steps.", page);
    return;
  }
  for (const key of ["schemaVersion", "steps"]) {
    if (!workflowField(fields, key))
      report("workflow-key", "error", start, `The workflow needs the key "${key}".`, page);
  }
  unknownKeys(fields, workflowKeys, "A workflow", report);
  twice(
    fields.map(({ key, keyRange }) => ({ name: key, range: keyRange })),
    "workflow-key",
    (key) => `The key ${key} is already there.`,
    report,
  );
  const version = workflowField(fields, "schemaVersion");
  if (version && !/^1(\.0)?$/.test(scalarText(version.node) ?? ""))
    report("workflow-schema-version", "error", version.keyRange, "The only schemaVersion is 1.0.", page);
  const list = workflowField(fields, "steps");
  if (list && !steps?.length)
    report("workflow-steps", "error", list.keyRange, "steps is a list with at least one step.", page);
  const over = steps?.[workflowLimits.steps];
  if (over)
    report(
      "workflow-limit",
      "error",
      over.range,
      `A workflow has at most ${workflowLimits.steps} steps; this one has ${steps?.length}.`,
      page,
    );
  for (const key of ["parameters", "outputs"] as const) {
    const field = workflowField(fields, key);
    if (
      field &&
      scalarValue(field.node) !== null &&
      !itemsOf(parsed, field.node)?.every((item) => isMap(item))
    )
      report("workflow-list", "error", field.keyRange, `${key} is a list of maps.`, page);
    const extra = model[key][workflowLimits[key]];
    if (extra)
      report(
        "workflow-limit",
        "error",
        extra.range,
        `A workflow has at most ${workflowLimits[key]} ${key}.`,
        page,
      );
  }
  checkParameters(model.parameters, report);
  checkOutputs(model, report, type);
}

export function unknownKeys(
  fields: readonly Field[],
  known: readonly string[],
  what: string,
  report: WorkflowReport,
): void {
  for (const { key, keyRange } of fields) {
    if (known.includes(key)) continue;
    report(
      "workflow-key",
      "error",
      keyRange,
      `${what} has no key ${cutText(key, 60)}, only ${either(known)}.`,
      page,
    );
  }
}

export function twice(
  names: readonly { name: string | null; range: SourceRange }[],
  rule: string,
  say: (name: string) => string,
  report: WorkflowReport,
): void {
  const seen = new Set<string>();
  for (const { name, range } of names) {
    if (name !== null && seen.has(name)) report(rule, "error", range, say(name), page);
    if (name !== null) seen.add(name);
  }
}

const FITS: Record<string, (field: Field) => boolean> = {
  string: ({ node }) => scalarText(node) !== null,
  integer: ({ node }) => Number.isInteger(scalarValue(node)),
  boolean: ({ node }) => typeof scalarValue(node) === "boolean",
  stringList: ({ node }) => isSeq(node) && node.items.every((item) => scalarText(item) !== null),
};

function checkParameters(parameters: readonly WorkflowEntry[], report: WorkflowReport): void {
  const say = (range: SourceRange, message: string) =>
    report("workflow-parameter", "error", range, message, page);
  twice(parameters, "workflow-parameter", (name) => `There is already a parameter ${name}.`, report);
  for (const { name, fields, range } of parameters) {
    unknownKeys(fields, workflowParameterKeys, "A parameter", report);
    if (!name) say(range, "The parameter needs a name.");
    else if (name.length > workflowLimits.parameterNameCharacters)
      say(range, `A parameter's name has at most ${workflowLimits.parameterNameCharacters} characters.`);
    const typeField = workflowField(fields, "type");
    const type = scalarText(typeField?.node) ?? "";
    if (!workflowParameterTypes.some((known) => known === type))
      say(typeField?.range ?? range, `A parameter's type is ${either(workflowParameterTypes)}.`);
    const value = workflowField(fields, "default");
    if (!value) continue;
    if (FITS[type] && !FITS[type](value)) say(value.range, `The default is no ${type}.`);
    if ((scalarText(value.node)?.length ?? 0) > workflowLimits.parameterCharacters)
      say(value.range, "The value of a parameter has at most 1,024 characters.");
  }
}

function checkOutputs(
  { outputs, steps, fields }: WorkflowModel,
  report: WorkflowReport,
  type?: WorkflowType,
): void {
  twice(outputs, "workflow-output", (name) => `There is already an output ${name}.`, report);
  for (const { name, fields: own, range } of outputs) {
    unknownKeys(own, workflowOutputKeys, "An output", report);
    if (!name) report("workflow-output", "error", range, "The output needs a name.", page);
    if (!scalarText(workflowField(own, "value")?.node))
      report("workflow-output", "error", range, "The output needs a value.", page);
  }
  const maker = steps?.find(({ action }) => MAKES_AMI.includes(action));
  const has = (name: string) => outputs.some((output) => output.name === name);
  const isBuild = type === "BUILD" || (type === undefined && maker !== undefined);
  if (!isBuild || has(buildOutputs.ami) || (!maker && has(buildOutputs.container))) return;
  const at = workflowField(fields, "outputs")?.keyRange ?? maker?.range ?? steps?.at(-1)?.range ?? [0, 1];
  const message = maker
    ? "No output is named ImageId: AWS refuses a pipeline of an image recipe with this BUILD workflow."
    : "No output is named ImageId or InstanceId: a BUILD workflow must output what it made, or the build fails.";
  report("workflow-build-output", "warning", at, message, page);
}
