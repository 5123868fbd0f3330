import {
  awsPages,
  comparisonOperator,
  documentLimits,
  isLogicalOperator,
  stepActions,
} from "goldsmith-languages/component";
import { assertCondition, branches, type ConditionModel, ifCondition, levels } from "../document-conditions";
import { fieldNamed } from "../document-model";
import { either, type LintContext, type LintRule, replaceFix, sameButCase } from "../lint-rule";
import { type Field, itemsOf, scalarText } from "../parse-document";
import { re2Problem } from "../regular-expressions";

const depthLimit = documentLimits.conditionLevels;
const number = /^[-+]?([0-9]+[.])?[0-9]+$/;

function* allLevels({ parsed, document }: LintContext): Generator<ConditionModel> {
  for (const step of document.steps) {
    for (const condition of [ifCondition(parsed, step), assertCondition(parsed, step)]) {
      if (condition) yield* levels(condition);
    }
  }
}

/** Every comparison with the value it is compared with. */
function* comparisons(context: LintContext): Generator<[Field, Field | undefined]> {
  for (const level of allLevels(context)) {
    for (const operator of level.operators) {
      const second = comparisonOperator(operator.key)?.second;
      yield [operator, second === undefined ? undefined : fieldNamed(level.others, second)];
    }
  }
}

export const conditionRules: readonly LintRule[] = [
  {
    id: "condition-shape",
    severity: "error",
    demands: "A condition is exactly one operator with the key it compares with.",
    source: awsPages.conditions,
    check: (context, report) => {
      for (const { range, operators, others } of allLevels(context)) {
        const [operator, second] = operators;
        if (!operator) {
          const odd = others.find((field) => field.key !== "value" && field.key !== "path");
          report(
            odd?.keyRange ?? range,
            odd
              ? `There is no operator ${odd.key}.`
              : "The condition has no operator, for example stringEquals.",
          );
          continue;
        }
        if (second) {
          report(second.keyRange, "A condition has one operator. Combine several with and or or.");
          continue;
        }
        const comparison = comparisonOperator(operator.key);
        const wanted = comparison?.second;
        if (wanted && !fieldNamed(others, wanted)) {
          report(operator.keyRange, `${operator.key} needs ${wanted} beside it.`);
        }
        const odd = others.find((field) => field.key !== wanted);
        if (odd) report(odd.keyRange, `${odd.key} has no meaning beside ${operator.key}.`);
        if (!isLogicalOperator(operator.key)) continue;
        const items = itemsOf(context.parsed, operator.node);
        if (operator.key !== "not" && (!items || items.length === 0)) {
          report(operator.keyRange, `${operator.key} takes a list of conditions.`);
        }
        if (operator.key === "not" && items && items.length !== 1) {
          report(operator.keyRange, "not takes one condition.");
        }
      }
    },
  },
  {
    id: "condition-branch",
    severity: "error",
    demands: "then and else are Abort, Execute or Skip.",
    source: awsPages.conditions,
    check: ({ parsed, document }, report) => {
      for (const field of document.steps.flatMap((step) => branches(parsed, step))) {
        const value = scalarText(field.node);
        if (stepActions.some((action) => action === value)) continue;
        const meant = value === null ? undefined : sameButCase(stepActions, value);
        const fix = meant ? replaceFix(`Use ${meant}`, field.range, meant) : undefined;
        report(field.range, `${field.key} must be ${either(stepActions)}.`, fix);
      }
    },
  },
  {
    id: "condition-depth",
    severity: "error",
    demands: "A condition has at most four levels.",
    source: awsPages.logic,
    check: (context, report) => {
      for (const { depth, range } of allLevels(context)) {
        if (depth === depthLimit + 1)
          report(range, `A condition has at most ${depthLimit} levels; this is the fifth.`);
      }
    },
  },
  {
    id: "condition-number",
    severity: "warning",
    demands: "Number comparisons compare numbers: with anything else they are false.",
    source: awsPages.comparisons,
    check: (context, report) => {
      for (const [operator, second] of comparisons(context)) {
        if (comparisonOperator(operator.key)?.kind !== "number") continue;
        for (const field of [operator, second]) {
          const text = scalarText(field?.node);
          if (!field || text?.includes("{{") || (text !== null && number.test(text))) continue;
          report(
            field.range,
            `${operator.key} compares numbers. This is not a number, so it is always false.`,
          );
        }
      }
    },
  },
  {
    id: "condition-pattern",
    severity: "error",
    demands: "patternMatches takes an expression that RE2 can run.",
    source: awsPages.comparisons,
    check: (context, report) => {
      for (const [operator] of comparisons(context)) {
        const text = scalarText(operator.node);
        if (operator.key !== "patternMatches" || text === null || text.includes("{{")) continue;
        const problem = re2Problem(text);
        if (problem) report(operator.range, problem);
      }
    },
  },
  {
    id: "condition-case",
    severity: "info",
    demands: "The guide says that string comparisons ignore case, but its own example does not.",
    source: awsPages.comparisons,
    check: (context, report) => {
      for (const [operator] of comparisons(context)) {
        const text = scalarText(operator.node);
        if (operator.key !== "stringEquals" || text === null || !/[A-Z]/.test(text)) continue;
        const message =
          "AWS's guide is of two minds whether case counts here. Compare with text in the exact case you expect.";
        report(operator.range, message);
      }
    },
  },
];
