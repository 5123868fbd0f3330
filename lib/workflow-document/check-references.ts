import { awsPages, referenceRoots, stepAction, systemVariables } from "goldsmith-languages/workflow";
import { either, sameButCase } from "@/lib/component-document/lint-rule";
import type { Field, ParsedDocument } from "@/lib/component-document/parse-document";
import type { SourceRange } from "@/lib/component-document/types";
import { type WorkflowModel, workflowField } from "./workflow-model";
import type { WorkflowCheck, WorkflowReport } from "./workflow-report";
import { embeddedReference, textsBelow, wholeReference } from "./workflow-texts";

const page = awsPages.workflowVariables;

/** Every `$.` leads somewhere: to an earlier step and one of its outputs, a parameter, a variable of the system. */
export const checkReferences: WorkflowCheck = (model, report) => {
  const { parsed, steps = [], outputs } = model;
  for (const [index, step] of steps.entries()) {
    for (const key of ["inputs", "if", "rollbackEnabled"]) {
      const field = workflowField(step.fields, key);
      if (!field) continue;
      for (const [path, range] of referencesIn(parsed, field)) checkPath(model, path, range, index, report);
    }
  }
  for (const { fields } of outputs) {
    const value = workflowField(fields, "value");
    if (!value) continue;
    for (const [path, range] of referencesIn(parsed, value))
      checkPath(model, path, range, steps.length, report);
  }
};

/** The references of a field, whole values and those in `{{ }}`. */
function* referencesIn(parsed: ParsedDocument, field: Field): Generator<[string, SourceRange]> {
  const own = field.node === null ? [] : [...textsBelow(parsed, field.node, field)];
  const texts =
    own.length > 0
      ? own
      : [{ text: parsed.text.slice(...field.range).replace(/^["']|["']$/g, ""), range: field.range }];
  for (const { text, range } of texts) {
    if (wholeReference.test(text)) yield [text.trim(), range];
    else for (const match of text.matchAll(embeddedReference)) yield [match[1] ?? "", range];
  }
}

/** `index` is the place of the step that refers; steps from there on have not run yet. */
function checkPath(
  { steps = [], parameters }: WorkflowModel,
  path: string,
  range: SourceRange,
  index: number,
  report: WorkflowReport,
): void {
  const say = (message: string) => report("workflow-reference", "error", range, message, page);
  const [root = "", name = "", member] = path
    .replace(/^\$\./, "")
    .replace(/\[[^\]]*\]?/g, "")
    .split(".");
  if (root === "workflowOutputs") return;
  if (root === "parameters") {
    const names = parameters.flatMap((parameter) => parameter.name ?? []);
    if (!names.includes(name)) say(`There is no parameter ${name}.${hint(names, name)}`);
    return;
  }
  if (root === "imagebuilder") {
    if (systemVariables.some((known) => known === name)) return;
    const message = `Image Builder has no variable ${name}, only ${either(systemVariables)}.`;
    report("workflow-system-variable", "warning", range, message, page);
    return;
  }
  if (root !== "stepOutputs") {
    say(
      `$.${root} leads nowhere: a reference begins with ${either(referenceRoots.map((known) => `$.${known}`))}.`,
    );
    return;
  }
  const at = steps.findIndex((step) => step.name === name);
  const step = steps[at];
  if (!step) {
    say(
      `There is no step ${name}.${hint(
        steps.map((each) => each.name),
        name,
      )}`,
    );
    return;
  }
  if (at >= index) {
    say(at === index ? "A step cannot refer to itself." : `The step ${name} runs later.`);
    return;
  }
  const action = stepAction(step.action ?? "");
  if (!action) return;
  if (member === undefined || member === "") {
    say(`Name an output of ${name}, as in $.stepOutputs.${name}.${action.outputs[0] ?? "…"}.`);
    return;
  }
  if (action.outputs.includes(member)) return;
  say(
    action.outputs.length === 0
      ? `${action.name} has no outputs.`
      : `${action.name} has no output ${member}, only ${either(action.outputs)}.`,
  );
}

const hint = (names: readonly string[], name: string) => {
  const meant = sameButCase(names, name);
  return meant ? ` Did you mean ${meant}?` : "";
};
