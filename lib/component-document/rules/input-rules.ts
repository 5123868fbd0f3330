import { awsPages, type ModuleInput, moduleInput } from "goldsmith-languages/component";
import { isMap, isScalar } from "yaml";
import { fieldNamed, type StepModel, stepLabel } from "../document-model";
import { either, type LintContext, type LintRule, replaceFix, sameButCase } from "../lint-rule";
import { type Field, fieldsOf, itemsOf, rangeOf, scalarText, scalarValue } from "../parse-document";
import type { SourceRange } from "../types";

/** Assert takes a condition; its rules are those of conditions. */
const hasInputRules = (step: StepModel) => step.module !== undefined && step.module.name !== "Assert";

/** Every input of every step that its module knows. */
function* knownInputs({ document }: LintContext): Generator<[StepModel, Field, ModuleInput]> {
  for (const step of document.steps) {
    if (!step.module) continue;
    for (const group of step.inputGroups) {
      for (const field of group.fields) {
        const input = moduleInput(step.module, field.key);
        if (input) yield [step, field, input];
      }
    }
  }
}

const refers = (text: string | null) => text?.includes("{{") === true;
const isEmpty = (field: Field | undefined) =>
  field === undefined || field.node === null || scalarValue(field.node) === null;

/** Why a value does not fit its type, and where; null when it fits. */
function misfit(
  context: LintContext,
  field: Field,
  input: ModuleInput,
): { range: SourceRange; say: string } | null {
  const value = scalarValue(field.node);
  const text = scalarText(field.node);
  const wrong = (say: string, range = field.range) => ({ range, say: `${input.name} ${say}` });
  switch (input.type) {
    case "string":
      return text === null ? wrong("must be text.") : null;
    case "boolean":
      return typeof value === "boolean" || text === "true" || text === "false" || refers(text)
        ? null
        : wrong("must be true or false.");
    case "integer":
      return (text !== null && /^\d+$/.test(text)) || refers(text) ? null : wrong("must be a whole number.");
    case "text map": {
      const odd = fieldsOf(context.parsed, field.node).find(({ node }) => scalarText(node) === null);
      return isMap(field.node) && !odd ? null : wrong("must be a map of texts.", odd?.range);
    }
    case "text, number or list": {
      const items = itemsOf(context.parsed, field.node);
      const isRight = items
        ? items.length > 0 && items.every((item) => scalarText(item) !== null)
        : text !== null;
      return isRight ? null : wrong("must be text, a number or a list of them.");
    }
    case "string list": {
      const items = itemsOf(context.parsed, field.node);
      if (!items) return wrong("must be a list: each item starts with a dash.");
      if (items.length === 0) return wrong("must not be empty.");
      const odd = items.find((item) => scalarText(item) === null);
      if (odd === undefined) return null;
      const range = odd ? rangeOf(odd) : field.range;
      return isMap(odd)
        ? wrong("has an item that YAML reads as a map, because of a colon. Put it in quotes.", range)
        : wrong("must hold only texts.", range);
    }
    case "parameter list": {
      const items = itemsOf(context.parsed, field.node);
      const isRight = items?.every((item) =>
        ["name", "value"].every(
          (key) => scalarText(fieldNamed(fieldsOf(context.parsed, item), key)?.node) !== null,
        ),
      );
      return isRight ? null : wrong("must be a list of name and value.");
    }
  }
}

export const inputRules: readonly LintRule[] = [
  {
    id: "inputs-shape",
    severity: "error",
    demands: "inputs is a list of maps or one map, as the module wants it.",
    source: awsPages.modules,
    check: ({ parsed, document }, report) => {
      for (const step of document.steps) {
        const { module, inputs } = step;
        if (!module) continue;
        if (isEmpty(inputs)) {
          if (module.shape === "optional map") continue;
          report(step.actionRange, `${module.name} needs inputs.`);
          continue;
        }
        if (!inputs) continue;
        const items = itemsOf(parsed, inputs.node);
        if (items?.length === 0) report(inputs.range, "inputs must not be an empty list.");
        else if (module.shape === "list" && !items) {
          report(inputs.keyRange, `${module.name} takes a list: start each item of inputs with a dash.`);
        } else if (module.shape !== "list" && !isMap(inputs.node)) {
          report(inputs.keyRange, `${module.name} takes one map of inputs, not a list.`);
        } else if (items?.some((item) => !isMap(item))) {
          report(inputs.keyRange, "Each item of inputs must be a map.");
        }
      }
    },
  },
  {
    id: "missing-input",
    severity: "error",
    demands: "Every input the module requires is given.",
    source: awsPages.modules,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        if (!hasInputRules(step)) continue;
        for (const group of step.inputGroups) {
          const at = group.fields[0]?.keyRange ?? step.inputs?.keyRange ?? step.nameRange;
          for (const input of step.module?.inputs ?? []) {
            if (!input.required) continue;
            const field = fieldNamed(group.fields, input.name);
            if (isEmpty(field)) report(field?.keyRange ?? at, `${step.action} needs ${input.name}.`);
          }
          const choices = step.module?.oneOf;
          if (choices && !choices.some((name) => fieldNamed(group.fields, name))) {
            report(at, `${step.action} needs ${either(choices)}.`);
          }
        }
      }
    },
  },
  {
    id: "unknown-input",
    severity: "error",
    demands: "inputs has only what the module knows.",
    source: awsPages.modules,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        if (!step.module || !hasInputRules(step)) continue;
        const names = step.module.inputs.filter((input) => !input.undocumented).map((input) => input.name);
        for (const field of step.inputGroups.flatMap((group) => group.fields)) {
          if (moduleInput(step.module, field.key)) continue;
          const meant = sameButCase(names, field.key);
          report(
            field.keyRange,
            meant
              ? `${step.action} has no input ${field.key}. Did you mean ${meant}?`
              : `${step.action} has no input ${field.key}. It takes ${either(names)}.`,
            meant ? replaceFix(`Rename to ${meant}`, field.keyRange, meant) : undefined,
          );
        }
      }
    },
  },
  {
    id: "input-type",
    severity: "error",
    demands: "Each input has the type its module wants.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const [, field, input] of knownInputs(context)) {
        if (isEmpty(field)) continue;
        const problem = misfit(context, field, input);
        if (problem) report(problem.range, problem.say);
      }
    },
  },
  {
    id: "input-value",
    severity: "error",
    demands: "An input with a fixed set of values has one of them.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const [, field, input] of knownInputs(context)) {
        const refused = fieldsOf(context.parsed, field.node).find(({ key }) =>
          input.refusedKeys?.includes(key),
        );
        if (refused) report(refused.keyRange, `${refused.key} cannot be set: ${input.name} refuses it.`);
        const text = scalarText(field.node);
        if (text === null || refers(text)) continue;
        if (input.pattern && !input.pattern.test(text))
          report(field.range, `${input.name} is not valid. ${input.description}`);
        if (!input.values || input.values.includes(text)) continue;
        const meant = sameButCase(input.values, text);
        if (meant && input.anyCase) continue;
        report(
          field.range,
          `${input.name} must be ${either(input.values)}.`,
          meant ? replaceFix(`Use ${meant}`, field.range, meant) : undefined,
        );
      }
    },
  },
  {
    id: "exclusive-inputs",
    severity: "error",
    demands: "ExecutePowerShell takes commands or file, not both.",
    source: awsPages.modules,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        for (const group of step.inputGroups) {
          const given = (step.module?.oneOf ?? []).flatMap((name) => fieldNamed(group.fields, name) ?? []);
          const second = given[1];
          if (second) report(second.keyRange, `Give ${either(given.map((field) => field.key))}, not both.`);
        }
      }
    },
  },
  {
    id: "checksum-algorithm",
    severity: "error",
    demands: "checksum and algorithm come together.",
    source: awsPages.modules,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        if (step.action !== "WebDownload") continue;
        for (const { fields } of step.inputGroups) {
          const checksum = fieldNamed(fields, "checksum");
          const algorithm = fieldNamed(fields, "algorithm");
          if (checksum && !algorithm)
            report(checksum.keyRange, "checksum needs algorithm: without it nothing is checked.");
          if (algorithm && !checksum)
            report(algorithm.keyRange, "algorithm needs checksum: without it nothing is checked.");
        }
      }
    },
  },
  {
    id: "input-platform",
    severity: "error",
    demands: "owner, group and permissions are for Linux and macOS only.",
    source: awsPages.modules,
    check: (context, report) => {
      const { platform } = context;
      if (!platform) return;
      for (const [step, field, input] of knownInputs(context)) {
        if (!input.notOn?.includes(platform) || !step.module?.platforms.includes(platform)) continue;
        report(field.keyRange, `${input.name} is refused on ${platform}, in ${stepLabel(step)}.`);
      }
    },
  },
  {
    id: "pattern-destination",
    severity: "warning",
    demands: "* stands in the last part of source only, and destination is then a folder.",
    source: awsPages.modules,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        if (!step.module?.copiesByPattern) continue;
        for (const { fields } of step.inputGroups) {
          const [source, destination] = ["source", "destination"].map((key) => fieldNamed(fields, key));
          const from = scalarText(source?.node) ?? "";
          const to = scalarText(destination?.node) ?? "";
          if (!from.includes("*") || !source) continue;
          if (/\*.*[\\/]/.test(from)) report(source.range, "* is allowed after the last separator only.");
          if (destination && !/[\\/]$/.test(to) && !refers(to))
            report(destination.range, "With * in source this must be a folder: end it with a separator.");
        }
      }
    },
  },
  {
    id: "permissions-text",
    severity: "warning",
    demands: "permissions is text in quotes: other readers of YAML turn 0755 into a number.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const [, field, input] of knownInputs(context)) {
        if (input.name !== "permissions" || !isScalar(field.node)) continue;
        if (typeof field.node.value !== "number") continue;
        const written = scalarText(field.node) ?? "";
        report(
          field.range,
          `Put ${written} in quotes: permissions is text, and tools that rewrite the YAML turn it into another number.`,
          replaceFix(
            "Put it in quotes",
            field.range,
            context.parsed.format === "json" ? `"${written}"` : `'${written}'`,
          ),
        );
      }
    },
  },
];
