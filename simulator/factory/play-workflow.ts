import type { Mapping } from "./awstoe/document";
import { between } from "./deterministic";
import { ownUuid } from "./own-text";
import { runStepAction } from "./step-actions";
import { type StepCall, type StepFailure, type StepResult, stepExecutionIdOf } from "./step-call";
import { type Play, type StepRecord, say, type WorkflowRecord } from "./timeline";
import type { WorkflowInput } from "./types";
import { parseWorkflowDocument, type WorkflowDocument, type WorkflowStep } from "./workflow-document";
import { conditionHolds, lookUp, resolveInputs, type WorkflowScope } from "./workflow-references";

export interface WorkflowOutcome {
  endMs: number;
  record: WorkflowRecord;
  failure?: StepFailure & { step: StepRecord };
}

/** The log names the account that owns the managed workflows where the API says `aws`. */
const MANAGED_OWNER = "813215560771";

/** Lays out one execution of a workflow from `startMs`; `index` tells executions of one stage apart. */
export function playWorkflow(
  play: Play,
  workflow: WorkflowInput,
  index: number,
  startMs: number,
): WorkflowOutcome {
  const key = `${play.pace}/${workflow.type}/${play.attempt}/${index}`;
  const document = readWorkflow(workflow);
  const logArn = workflow.arn.replace(":aws:workflow/", `:${MANAGED_OWNER}:workflow/`);
  say(play, startMs, `Started ${workflow.type} workflow ${logArn}`);
  say(play, startMs + 690, `Total ${document.steps.length} steps to run for workflow ${logArn}`);
  const record: WorkflowRecord = {
    workflowExecutionId: `wf-${ownUuid(play, key)}`,
    workflowArn: workflow.arn,
    type: workflow.type,
    status: "COMPLETED",
    ...(workflow.parallelGroup ? { parallelGroup: workflow.parallelGroup } : {}),
    totalStepCount: document.steps.length,
    totalStepsSucceeded: 0,
    totalStepsFailed: 0,
    totalStepsSkipped: 0,
    startMs,
    endMs: startMs,
    steps: [],
  };
  play.timeline.workflows.push(record);
  const scope = scopeOf(play, workflow, document);
  let clock = startMs + 830;
  for (const [position, step] of document.steps.entries()) {
    const result = playStep(play, record, step, scope, `${key}/${position}`, clock);
    clock = result.step.endMs + between(`${key}/${position}/gap`, 250, 500);
    if (result.failure && step.onFailure === "Abort") {
      const failure = { ...result.failure, step: result.step };
      return { endMs: rollBack(play, record, clock, key), record, failure };
    }
  }
  record.endMs = clock;
  for (const output of document.outputs) play.workflowOutputs[output.name] = lookUp(output.value, scope);
  return { endMs: clock, record };
}

function readWorkflow(workflow: WorkflowInput): WorkflowDocument {
  const parsed = parseWorkflowDocument(workflow.document, workflow.type);
  return parsed.ok ? parsed.document : { parameters: [], steps: [], outputs: [] };
}

function scopeOf(play: Play, workflow: WorkflowInput, document: WorkflowDocument): WorkflowScope {
  const parameters: Mapping = {};
  for (const parameter of document.parameters) parameters[parameter.name] = parameter.default;
  return {
    stepOutputs: {},
    parameters: Object.assign(parameters, workflow.parameters),
    imagebuilder: {
      imageType: play.input.imageType,
      platform: play.input.platform,
      collectImageMetadata: play.input.metadataEnabled,
      collectImageScanFindings: play.input.scanningEnabled,
    },
    workflowOutputs: play.workflowOutputs,
  };
}

function playStep(
  play: Play,
  workflow: WorkflowRecord,
  step: WorkflowStep,
  scope: WorkflowScope,
  key: string,
  startMs: number,
): { step: StepRecord; failure?: StepFailure } {
  // Ids and JSON are made when they are read: a list of builds reads none.
  const record: StepRecord = {
    get stepExecutionId() {
      return stepExecutionIdOf({ play, key });
    },
    name: step.name,
    ...(step.description === undefined ? {} : { description: step.description }),
    action: step.action,
    status: "COMPLETED",
    onFailure: step.onFailure,
    timeoutSeconds: step.timeoutSeconds,
    startMs,
    endMs: startMs,
  };
  workflow.steps.push(record);
  if (step.condition && !conditionHolds(step.condition, scope)) {
    // Differs from AWS: the words of a condition that was evaluated are not established.
    say(play, startMs, `'if' condition evaluated to false for step: ${step.name}. Skipping step`);
    record.status = "SKIPPED";
    record.inputs = JSON.stringify(step.inputs);
    workflow.totalStepsSkipped++;
    return { step: record };
  }
  say(
    play,
    startMs,
    step.condition
      ? `'if' condition evaluated to true for step: ${step.name}`
      : `No 'if' conditions to evaluate for step: ${step.name}`,
  );
  say(play, startMs, `Started step ${step.name} with action ${step.action}`);
  const inputs = resolveInputs(step.inputs, scope);
  if (Object.keys(inputs).length > 0) readsAsJson(record, "inputs", inputs);
  const result = runAttempts(play, record, { workflow: workflow.type, step, inputs, key, startMs });
  record.endMs = result.endMs;
  const instanceId = result.outputs?.instanceId;
  if (step.action === "LaunchInstance" && isKept(step, scope) && typeof instanceId === "string")
    record.keptInstanceId = instanceId;
  if (result.outputs) {
    readsAsJson(record, "outputs", result.outputs);
    scope.stepOutputs[step.name] = result.outputs;
  }
  if (!result.failure) {
    workflow.totalStepsSucceeded++;
    return { step: record };
  }
  say(play, result.endMs, `Action failed for step ${step.name}. Failing step`);
  record.status = "FAILED";
  record.message = result.failure.message;
  workflow.totalStepsFailed++;
  return { step: record, failure: result.failure };
}

function readsAsJson(record: StepRecord, member: "inputs" | "outputs", value: Mapping): void {
  Object.defineProperty(record, member, {
    get: () => JSON.stringify(value),
    enumerable: true,
    configurable: true,
  });
}

const isKept = ({ rollbackEnabled = "true" }: WorkflowStep, scope: WorkflowScope): boolean =>
  String(rollbackEnabled.startsWith("$.") ? lookUp(rollbackEnabled, scope) : rollbackEnabled) === "false";

/**
 * Runs a step's action until it succeeds or its attempts are used up; the time-out is each attempt's. A failed
 * LaunchInstance ends its instance before the next one.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-workflow-create-document.html
 */
function runAttempts(play: Play, record: StepRecord, first: Omit<StepCall, "play">) {
  const { step, key } = first;
  const { maxAttempts = 1, backoffSeconds = 0 } = step.retry ?? {};
  let startMs = first.startMs;
  for (let attempt = 1; ; attempt++) {
    if (step.retry) Object.assign(record, { attemptNumber: attempt, maxAttempts });
    const earlier = play.timeline.log.length;
    const call = {
      ...first,
      play,
      key: attempt === 1 ? key : `${key}/${attempt}`,
      startMs: startMs + (step.waitSeconds ?? 0) * 1000,
    };
    const result = limitTime(runStepAction(call), step, startMs);
    if (result.timedOut) {
      // Lines that would have come after the timeout were never written.
      const own = play.timeline.log.splice(earlier);
      for (const line of own) if (line.offsetMs <= result.endMs) play.timeline.log.push(line);
    }
    if (!result.failure || attempt >= maxAttempts) return result;
    for (const artifact of play.timeline.artifacts.slice())
      if (
        artifact.kind === "instance-launched" &&
        artifact.atMs >= startMs &&
        step.action === "LaunchInstance"
      )
        play.timeline.artifacts.push({
          atMs: result.endMs,
          kind: "instance-terminated",
          instanceId: artifact.instanceId,
        });
    startMs = result.endMs + backoffSeconds * 1000;
  }
}

function limitTime(result: StepResult, step: WorkflowStep, startMs: number) {
  const limitMs = startMs + step.timeoutSeconds * 1000;
  if (result.endMs <= limitMs) return { ...result, timedOut: false };
  const text = `Step ${step.name} timed out`;
  return { endMs: limitMs, timedOut: true, outputs: undefined, failure: { reason: text, message: text } };
}

/** A failed workflow ends its instance, unless the infrastructure configuration keeps it for a look. */
function rollBack(play: Play, record: WorkflowRecord, failedMs: number, key: string): number {
  const launched = play.timeline.artifacts.filter(
    (artifact) =>
      artifact.kind === "instance-launched" &&
      artifact.atMs >= record.startMs &&
      artifact.purpose === record.type,
  );
  const gone = new Set([
    ...play.timeline.artifacts.flatMap((artifact) =>
      artifact.kind === "instance-terminated" ? [artifact.instanceId] : [],
    ),
    ...record.steps.flatMap(({ keptInstanceId = [] }) => keptInstanceId),
  ]);
  const alive = launched.flatMap((artifact) =>
    artifact.kind === "instance-launched" && !gone.has(artifact.instanceId) ? [artifact.instanceId] : [],
  );
  record.status = "FAILED";
  record.endMs = failedMs;
  for (const step of record.steps) {
    if (step.status !== "SKIPPED" && step.action !== "LaunchInstance") step.rollbackStatus = "SKIPPED";
  }
  if (alive.length === 0 || !play.input.terminateInstanceOnFailure) return failedMs;
  record.rollbackMs = failedMs;
  const endMs = failedMs + between(`${key}/rollback`, 3000, 5000);
  for (const instanceId of alive) {
    say(play, failedMs, `Terminating instance (instance id: ${instanceId})`);
    play.timeline.artifacts.push({ atMs: endMs, kind: "instance-terminated", instanceId });
  }
  for (const step of record.steps) {
    step.rollbackMs = failedMs;
    if (step.action === "LaunchInstance") step.rollbackStatus = "COMPLETED";
  }
  record.status = "ROLLBACK_COMPLETED";
  record.endMs = endMs;
  return endMs;
}
