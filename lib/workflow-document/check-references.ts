import { awsPages, referenceRoots, stepAction, systemVariables } from "goldsmith-languages/workflow";
import { either } from "@/lib/component-document/lint-rule";
import type { Field, ParsedDocument } from "@/lib/component-document/parse-document";
import type { SourceRange } from "@/lib/component-document/types";
import { type WorkflowModel, type WorkflowStep, workflowField } from "./workflow-model";
import type { WorkflowCheck, WorkflowReport } from "./workflow-report";
import { embeddedReference, textsBelow, wholeReference } from "./workflow-texts";

const page = awsPages.workflowVariables;

/** Every `$.` leads somewhere: to an earlier step and one of its outputs, a parameter, a variable of the system. */
export const checkReferences: WorkflowCheck = (model, report) => {
  const { parsed, steps = [], outputs } = model;
  const named = namedIn(model);
  for (const [index, step] of steps.entries()) {
    for (const key of ["inputs", "if", "rollbackEnabled"]) {
      const field = workflowField(step.fields, key);
      if (!field) continue;
      for (const [path, range] of referencesIn(parsed, field)) checkPath(named, path, range, index, report);
    }
  }
  for (const { fields } of outputs) {
    const value = workflowField(fields, "value");
    if (!value) continue;
    for (const [path, range] of referencesIn(parsed, value))
      checkPath(named, path, range, steps.length, report);
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
    else for (const match of text.matchAll(embeddedReference)) yield [match[1]?.trim() ?? "", range];
  }
}

/** What can be referred to, found without looking through all of it. */
type Named = {
  steps: readonly WorkflowStep[];
  /** The place of the first step of a name. */
  stepAt: ReadonlyMap<string, number>;
  stepsByLetters: ReadonlyMap<string, string>;
  parameters: ReadonlySet<string>;
  parametersByLetters: ReadonlyMap<string, string>;
};

function namedIn({ steps = [], parameters }: WorkflowModel): Named {
  const stepAt = new Map<string, number>();
  steps.forEach(({ name }, index) => {
    if (!stepAt.has(name)) stepAt.set(name, index);
  });
  const names = parameters.flatMap(({ name }) => name ?? []);
  return {
    steps,
    stepAt,
    stepsByLetters: byLetters([...stepAt.keys()]),
    parameters: new Set(names),
    parametersByLetters: byLetters(names),
  };
}

/** The first name of those that differ in case only, by its letters. */
const byLetters = (names: string[]) => new Map(names.toReversed().map((name) => [name.toLowerCase(), name]));

/** `index` is the place of the step that refers; steps from there on have not run yet. */
function checkPath(
  { steps, stepAt, stepsByLetters, parameters, parametersByLetters }: Named,
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
    if (!parameters.has(name)) say(`There is no parameter ${name}.${hint(parametersByLetters, name)}`);
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
  const at = stepAt.get(name);
  const step = at === undefined ? undefined : steps[at];
  if (at === undefined || !step) {
    say(`There is no step ${name}.${hint(stepsByLetters, name)}`);
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

const hint = (names: ReadonlyMap<string, string>, name: string) => {
  const meant = names.get(name.toLowerCase());
  return meant ? ` Did you mean ${meant}?` : "";
};
