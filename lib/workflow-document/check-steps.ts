import {
  amiDistribution,
  awsPages,
  containerDistribution,
  retryKeys,
  type StepAction,
  stepAction,
  stepActions,
  type WorkflowType,
  workflowFailureActions,
  workflowLimits,
  workflowStepKeys,
  workflowStepName,
} from "goldsmith-languages/workflow";
import { isMap } from "yaml";
import { either, sameButCase } from "@/lib/component-document/lint-rule";
import { type Field, fieldsOf, scalarText, scalarValue } from "@/lib/component-document/parse-document";
import type { Severity, SourceRange } from "@/lib/component-document/types";
import { cutText } from "@/lib/core/canonical-text";
import { twice, unknownKeys } from "./check-shape";
import { type WorkflowModel, type WorkflowStep, workflowField } from "./workflow-model";
import type { WorkflowReport } from "./workflow-report";

const page = awsPages.workflowDocument;

/** The names and keys of each step, its action and the times and retries that the action allows. */
export function checkSteps(model: WorkflowModel, report: WorkflowReport, type?: WorkflowType): void {
  const steps = model.steps ?? [];
  const named = steps.map((step) => ({
    name: scalarText(workflowField(step.fields, "name")?.node),
    range: step.range,
  }));
  twice(named, "workflow-step-twice", (name) => `There is already a step ${name}.`, report);
  for (const step of steps) {
    if (step.fields.length === 0) {
      report("workflow-step", "error", step.range, "A step is a map with name and action.", page);
      continue;
    }
    checkName(step, report);
    const action = checkAction(step, report, type);
    const unknown = step.fields.find(({ key }) => key === "rollbackOnFailure");
    if (unknown)
      report(
        "workflow-key",
        "error",
        unknown.keyRange,
        "There is no rollbackOnFailure. Use rollbackEnabled.",
        page,
      );
    unknownKeys(
      step.fields.filter((field) => field !== unknown),
      workflowStepKeys,
      "A step",
      report,
    );
    checkSettings(step, action, report);
    checkRetry(model, step, report);
  }
  checkTogether(steps, report, type);
}

function checkName({ name, fields, range }: WorkflowStep, report: WorkflowReport): void {
  const field = workflowField(fields, "name");
  const say = (severity: Severity, message: string) =>
    report("workflow-step-name", severity, field?.range ?? range, message, page);
  if (!scalarText(field?.node)) {
    say("error", "The step needs a name.");
    return;
  }
  if (!workflowStepName.pattern.test(name)) {
    say("error", `A step's name has ${workflowStepName.words}.`);
    return;
  }
  if (!workflowStepName.isSafe(name))
    say("warning", "The guide allows no hyphen in a step's name, the API does. Use an underscore.");
}

function checkAction(
  { action, fields, range }: WorkflowStep,
  report: WorkflowReport,
  type?: WorkflowType,
): StepAction | undefined {
  const at = workflowField(fields, "action")?.range ?? range;
  const say = (message: string) =>
    report("workflow-step-action", "error", at, message, awsPages.workflowActions);
  if (!action) {
    say("The step needs an action.");
    return undefined;
  }
  const known = stepAction(action);
  if (!known) {
    const meant = sameButCase(
      stepActions.map(({ name }) => name),
      action,
    );
    say(
      meant
        ? `There is no action ${action}. Did you mean ${meant}? Its case counts.`
        : `There is no action ${JSON.stringify(cutText(action, 60))}.`,
    );
    return undefined;
  }
  if (type && !known.types.includes(type))
    say(`${action} is not allowed in a ${type} workflow, only in ${either(known.types)}.`);
  return known;
}

function checkSettings(
  { fields }: WorkflowStep,
  action: StepAction | undefined,
  report: WorkflowReport,
): void {
  const say = (field: Field, message: string, rule = "workflow-step") =>
    report(rule, "error", field.range, message, page);
  const description = workflowField(fields, "description");
  const words = scalarText(description?.node);
  if (description && (!words || words.length > workflowLimits.descriptionCharacters))
    say(description, "A description has 1 to 1,024 characters.");
  const onFailure = workflowField(fields, "onFailure");
  if (onFailure && !workflowFailureActions.some((known) => known === scalarText(onFailure.node)))
    say(onFailure, `onFailure is ${either(workflowFailureActions)}.`, "workflow-on-failure");
  const rollback = workflowField(fields, "rollbackEnabled");
  if (
    rollback &&
    typeof scalarValue(rollback.node) !== "boolean" &&
    !/^\$\./.test(scalarText(rollback.node) ?? "")
  )
    say(rollback, "rollbackEnabled is true, false or a reference that begins with $.", "workflow-rollback");
  const timeout = workflowField(fields, "timeoutSeconds");
  const seconds = timeout ? scalarValue(timeout.node) : action?.defaultSeconds;
  if (timeout && !(Number.isInteger(seconds) && Number(seconds) >= 1))
    say(timeout, "timeoutSeconds is a whole number of at least 1.", "workflow-timeout");
  else if (timeout && action && Number(seconds) > action.maxSeconds)
    say(timeout, `${action.name} takes at most ${action.maxSeconds} seconds.`, "workflow-timeout");
  const wait = workflowField(fields, "waitSeconds");
  const waits = scalarValue(wait?.node);
  if (wait && !(Number.isInteger(waits) && Number(waits) >= 0))
    say(wait, "waitSeconds is a whole number of at least 0.", "workflow-wait");
  else if (wait && typeof seconds === "number" && Number(waits) >= seconds)
    say(wait, `waitSeconds must be less than timeoutSeconds, which is ${seconds} here.`, "workflow-wait");
}

function checkRetry(
  { parsed }: WorkflowModel,
  { fields, action }: WorkflowStep,
  report: WorkflowReport,
): void {
  const retry = workflowField(fields, "retry");
  if (!retry) return;
  const say = (range: SourceRange, message: string) =>
    report("workflow-retry", "error", range, message, page);
  if (!isMap(retry.node)) {
    say(retry.keyRange, "retry is a map with maxAttempts.");
    return;
  }
  const own = fieldsOf(parsed, retry.node);
  unknownKeys(own, Object.keys(retryKeys), "retry", report);
  for (const [key, { min, max, required }] of Object.entries(retryKeys)) {
    const field = workflowField(own, key);
    const value = scalarValue(field?.node);
    if (!field && required) say(retry.keyRange, `retry needs ${key}.`);
    if (field && !(Number.isInteger(value) && Number(value) >= min && Number(value) <= max))
      say(field.range, `${key} is a whole number from ${min} to ${max}.`);
  }
  if (action === "ExecuteComponents")
    report(
      "workflow-retry-components",
      "warning",
      retry.keyRange,
      "A retry runs all components again on the same instance: each must bear a second run.",
      page,
    );
}

/** Actions that do not go together, whatever the type. */
function checkTogether(steps: readonly WorkflowStep[], report: WorkflowReport, type?: WorkflowType): void {
  const container = steps.find(({ action }) => action === containerDistribution);
  const ami = steps.find(({ action }) => amiDistribution.some((known) => known === action));
  const later = container && ami && (container.line > ami.line ? container : ami);
  if (later)
    report(
      "workflow-mixed-distribution",
      "error",
      later.range,
      `A workflow distributes AMIs or container images, not both: ${containerDistribution} stands alone.`,
      awsPages.workflowActions,
    );
  if (type) return;
  let allowed: readonly WorkflowType[] = ["BUILD", "TEST", "DISTRIBUTION"];
  for (const step of steps) {
    const known = stepAction(step.action ?? "");
    const left = allowed.filter((each) => !known || known.types.includes(each));
    if (left.length === 0) {
      const message = `No type of workflow allows ${step.action} beside the actions before it.`;
      report("workflow-step-action", "error", step.range, message, awsPages.workflowActions);
      return;
    }
    allowed = left;
  }
}
