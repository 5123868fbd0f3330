import { actionModules, awsPages, failureActions } from "goldsmith-languages/component";
import { fieldNamed } from "../document-model";
import { either, type LintRule, replaceFix, sameButCase } from "../lint-rule";
import { scalarText, scalarValue } from "../parse-document";

const moduleNames = actionModules.map((module) => module.name);

export const stepRules: readonly LintRule[] = [
  {
    id: "unknown-action",
    severity: "error",
    demands: "action is the exact name of an action module.",
    source: awsPages.modules,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        if (step.action === null || step.module) continue;
        const meant = sameButCase(moduleNames, step.action);
        report(
          step.actionRange,
          meant
            ? `There is no action module ${step.action}. Did you mean ${meant}? Names are case-sensitive.`
            : `There is no action module ${step.action}.`,
          meant ? replaceFix(`Use ${meant}`, step.actionRange, meant) : undefined,
        );
      }
    },
  },
  {
    id: "action-platform",
    severity: "error",
    demands: "The action module runs on the component's platform.",
    source: awsPages.modules,
    check: ({ document, platform }, report) => {
      if (!platform) return;
      for (const { module, actionRange } of document.steps) {
        if (!module || module.platforms.includes(platform)) continue;
        report(
          actionRange,
          `${module.name} does not run on ${platform}, only on ${either(module.platforms)}.`,
        );
      }
    },
  },
  {
    id: "timeout",
    severity: "error",
    demands: "timeoutSeconds is a whole number above 0, or -1 for no limit, where the module allows one.",
    source: awsPages.schema,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        const field = fieldNamed(step.fields, "timeoutSeconds");
        if (!field || scalarValue(field.node) === null) continue;
        const value = scalarValue(field.node);
        const fixed = step.module?.fixedStepKeys?.timeoutSeconds;
        if (typeof value !== "number" || !Number.isInteger(value) || (value < 1 && value !== -1)) {
          report(field.range, "timeoutSeconds must be a whole number above 0, or -1 for no limit.");
        } else if (fixed === null) {
          report(field.range, `${step.action} takes no timeout.`);
        } else if (fixed !== undefined && value !== fixed) {
          report(field.range, `${step.action} sets timeoutSeconds to ${fixed} and refuses any other value.`);
        }
      }
    },
  },
  {
    id: "on-failure",
    severity: "error",
    demands: "onFailure is Abort, Continue or Ignore.",
    source: awsPages.schema,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        const field = fieldNamed(step.fields, "onFailure");
        const value = scalarText(field?.node);
        if (!field || failureActions.some((action) => action === value)) continue;
        const meant = value === null ? undefined : sameButCase(failureActions, value);
        report(
          field.range,
          `onFailure must be ${either(failureActions)}.`,
          meant ? replaceFix(`Use ${meant}`, field.range, meant) : undefined,
        );
      }
    },
  },
  {
    id: "max-attempts",
    severity: "error",
    demands: "maxAttempts is a whole number of at least 1, where the module allows one.",
    source: awsPages.schema,
    check: ({ document }, report) => {
      for (const step of document.steps) {
        const field = fieldNamed(step.fields, "maxAttempts");
        if (!field || scalarValue(field.node) === null) continue;
        const value = scalarValue(field.node);
        const fixed = step.module?.fixedStepKeys?.maxAttempts;
        if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
          report(field.range, "maxAttempts must be a whole number of at least 1.");
        } else if (typeof fixed === "number" && value !== fixed) {
          report(field.range, `${step.action} allows only ${fixed} attempt.`);
        }
      }
    },
  },
];
