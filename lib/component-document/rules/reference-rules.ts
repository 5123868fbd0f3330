import { awsPages } from "goldsmith-languages/component";
import { type DocumentModel, fieldNamed, type StepModel, stepLabel } from "../document-model";
import { type Reference, type ReferenceTarget, referencesBelow, resolvedKeys } from "../document-references";
import { type LintContext, type LintRule, replaceFix, sameButCase } from "../lint-rule";
import type { Field } from "../parse-document";

type StepTarget = Extract<ReferenceTarget, { kind: "step" }>;

function* stepReferences(context: LintContext): Generator<[Reference, StepTarget, StepModel]> {
  for (const [reference, step] of context.references) {
    if (reference.target.kind === "step") yield [reference, reference.target, step];
  }
}

const targetStep = (document: DocumentModel, target: StepTarget) =>
  document.phases
    .find((phase) => phase.name === target.phase)
    ?.steps.find((step) => step.name === target.step);

const isBefore = (one: StepModel, other: StepModel) =>
  one.phase.index < other.phase.index || (one.phase === other.phase && one.index < other.index);

/** What is wrong with the part after the step's name; null when nothing is known to be. */
function memberProblem(step: StepModel, { side, index, member }: StepTarget): string | null {
  if (side === "outputs") {
    const outputs = step.module?.outputs;
    if (!outputs || outputs.includes(member)) return null;
    return outputs.length === 0
      ? `${step.action} has no outputs.`
      : `${step.action} has no output ${member}, only ${outputs.join(", ")}.`;
  }
  const group = step.inputGroups[index ?? 0];
  if (!group) return `The ${stepLabel(step)} has no inputs[${index ?? 0}]: the first is [0].`;
  const known = step.inputGroups.length > 1 && index === null ? step.inputGroups : [group];
  const given = known.some(({ fields }) => fieldNamed(fields, member));
  return given ? null : `The ${stepLabel(step)} gives no input ${member}.`;
}

export const referenceRules: readonly LintRule[] = [
  {
    id: "reference-unknown",
    severity: "warning",
    demands: "A reference names a phase, a step and an input or output that exist.",
    source: awsPages.chaining,
    check: (context, report) => {
      const { document } = context;
      for (const [{ range }, target] of stepReferences(context)) {
        const phase = document.phases.find(({ name }) => name === target.phase);
        const step = targetStep(document, target);
        const problem = !phase
          ? `There is no phase ${target.phase}.`
          : !step
            ? `Phase ${target.phase} has no step ${target.step}.`
            : memberProblem(step, target);
        if (problem) report(range, `${problem} AWSTOE would leave the reference as it is written.`);
      }
    },
  },
  {
    id: "reference-order",
    severity: "warning",
    demands: "A reference looks back, to a step that has already run.",
    source: awsPages.chaining,
    check: (context, report) => {
      for (const [{ range }, target, step] of stepReferences(context)) {
        const other = targetStep(context.document, target);
        if (!other || isBefore(other, step)) continue;
        report(
          range,
          other === step
            ? "A step cannot refer to itself."
            : `The ${stepLabel(other)} of phase ${target.phase} runs later, so it has no value yet.`,
        );
      }
    },
  },
  {
    id: "reference-stage",
    severity: "warning",
    demands: "A reference stays in its stage: build and validate, or test.",
    source: awsPages.chaining,
    check: (context, report) => {
      for (const [{ range }, target, step] of stepReferences(context)) {
        const other = targetStep(context.document, target);
        if (!other?.phase.stage || !step.phase.stage || other.phase.stage === step.phase.stage) continue;
        const message = `Phase ${step.phase.name} runs on another instance than phase ${target.phase}, so nothing can be passed. Keep the value in the image, for example in a file.`;
        report(range, message);
      }
    },
  },
  {
    id: "unknown-variable",
    severity: "warning",
    demands: "A reference to a parameter or constant names one that is declared, in the same case.",
    source: awsPages.variables,
    check: (context, report) => {
      const names = context.document.variables.map((variable) => variable.name);
      for (const [{ range, target }] of context.references) {
        if (target.kind !== "variable" || names.includes(target.name)) continue;
        const meant = sameButCase(names, target.name);
        report(
          range,
          meant
            ? `There is no parameter or constant ${target.name}. Did you mean ${meant}? Names are case-sensitive.`
            : `There is no parameter or constant ${target.name}: AWSTOE leaves this as it is written.`,
          meant ? replaceFix(`Use ${meant}`, range, `{{ ${meant} }}`) : undefined,
        );
      }
    },
  },
  {
    id: "loop-reference",
    severity: "warning",
    demands: "index and value of a loop are used in the inputs of the step that has the loop.",
    source: awsPages.loops,
    check: (context, report) => {
      for (const [{ range, target }, step] of context.references) {
        if (target.kind !== "loop") continue;
        const hasLoop = fieldNamed(step.fields, "loop") !== undefined;
        if (hasLoop && (target.name === "loop" || target.name === step.loopName)) continue;
        report(
          range,
          hasLoop
            ? `The loop of this step is not named ${target.name}.`
            : "This step has no loop, so AWSTOE would leave the reference as it is written.",
        );
      }
    },
  },
  {
    id: "reference-misplaced",
    severity: "warning",
    demands: "References are resolved in inputs, loops and conditions only.",
    source: awsPages.chaining,
    check: ({ text, document }, report) => {
      const elsewhere: Field[] = [
        ...document.fields.filter(({ key }) => key !== "phases"),
        ...document.phases.flatMap((phase) => phase.fields.filter(({ key }) => key !== "steps")),
        ...document.steps.flatMap((step) => step.fields.filter(({ key }) => !resolvedKeys.has(key))),
      ];
      for (const field of elsewhere) {
        for (const { range } of referencesBelow(text, field.node)) {
          report(range, `AWSTOE does not resolve references in ${field.key}: this stays as it is written.`);
        }
      }
    },
  },
];
