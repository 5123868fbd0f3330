import type { WorkflowExecutionMetadata, WorkflowStepMetadata } from "@aws-sdk/client-imagebuilder";
import type { StepExecution, WorkflowExecution } from "../../factory/types";
import { buildsNewestFirst, liveBuilds } from "./build-history";
import { invalidRequest, notFound } from "./exceptions";
import { type ImageBuilderHandlers, isoDate, once, page } from "./handlers";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf, elapsedMs, snapshotOf, timeOf } from "./image-build-state";
import { exactBuild, intervene } from "./image-builds";
import type { ImageBuilderStore } from "./store";

export const workflowExecutions = {
  ListWorkflowExecutions({ store, requestId, now }, input) {
    const build = exactBuild(store, input.imageBuildVersionArn);
    const executions = snapshotOf(store, build, now).workflowExecutions;
    const seen = seenIds(store);
    for (const execution of executions) remember(seen, build, execution);
    const { items, nextToken } = page("ListWorkflowExecutions", executions, input);
    return {
      requestId,
      workflowExecutions: items.map((execution) => toMetadata(build, execution)),
      imageBuildVersionArn: build.arn,
      nextToken,
    };
  },

  ListWorkflowStepExecutions({ store, requestId, now }, input) {
    const { build, execution } = findExecution(store, input.workflowExecutionId, now);
    const { items, nextToken } = page("ListWorkflowStepExecutions", execution.steps, input);
    return {
      requestId,
      steps: items.map((step) => toStepMetadata(build, step)),
      workflowBuildVersionArn: execution.workflowArn,
      workflowExecutionId: execution.workflowExecutionId,
      imageBuildVersionArn: build.arn,
      nextToken,
    };
  },

  GetWorkflowExecution({ store, requestId, now }, { workflowExecutionId }) {
    const { build, execution } = findExecution(store, workflowExecutionId, now);
    const { retried: _retried, ...metadata } = toMetadata(build, execution);
    return { requestId, ...metadata, imageBuildVersionArn: build.arn };
  },

  GetWorkflowStepExecution({ store, requestId, now }, { stepExecutionId }) {
    const { build, execution, step } = findStep(store, stepExecutionId, now);
    return {
      requestId,
      ...toStepMetadata(build, step),
      workflowBuildVersionArn: execution.workflowArn,
      workflowExecutionId: execution.workflowExecutionId,
      imageBuildVersionArn: build.arn,
      onFailure: step.onFailure,
      timeoutSeconds: step.timeoutSeconds,
    };
  },

  ListWaitingWorkflowSteps({ store, now }, input) {
    const waiting = runningBuilds(store, now).flatMap((build) =>
      snapshotOf(store, build, now).waitingSteps.map(
        ({ workflowArn, startMs, inputs: _inputs, ...step }) => ({
          ...step,
          imageBuildVersionArn: build.arn,
          workflowBuildVersionArn: workflowArn,
          startTime: isoDate(timeOf(build, startMs)),
        }),
      ),
    );
    const { items, nextToken } = page("ListWaitingWorkflowSteps", waiting, input);
    return { steps: items, nextToken };
  },

  SendWorkflowStepAction: (call, input) =>
    once(call, "SendWorkflowStepAction", input, () => {
      const { store, now } = call;
      const { stepExecutionId = "", imageBuildVersionArn, action = "RESUME", reason } = input;
      const { build, step } = findStep(store, stepExecutionId, now);
      if (build.arn !== imageBuildVersionArn) {
        invalidRequest(
          `The workflow step '${stepExecutionId}' does not belong to the image '${imageBuildVersionArn}'.`,
        );
      }
      if (step.action !== "WaitForAction" || step.status !== "RUNNING") {
        invalidRequest(`The workflow step '${stepExecutionId}' is not waiting for an action.`);
      }
      const answer = { kind: "answer" as const, atMs: elapsedMs(build, now), stepExecutionId, action };
      intervene(store, build, { ...answer, ...(reason && { reason }) });
      return { stepExecutionId, imageBuildVersionArn, clientToken: input.clientToken };
    }),
} satisfies Partial<ImageBuilderHandlers>;

/** Newest first. Builds of the past have ended. */
function runningBuilds(store: ImageBuilderStore, now: number): ImageBuildRow[] {
  return liveBuilds(store)
    .toReversed()
    .filter((build) => !buildStateOf(store, build, now).finished);
}

interface Found {
  build: ImageBuildRow;
  execution: WorkflowExecution;
}

/** Which build an id was last seen in: ids follow from the build, so nothing else tells whose they are. */
const seenIn = new WeakMap<ImageBuilderStore, Map<string, string>>();

function search(
  store: ImageBuilderStore,
  now: number,
  id: string,
  matches: (one: WorkflowExecution) => boolean,
): Found {
  const seen = seenIds(store);
  const last = store.imageBuilds.get(seen.get(id) ?? "");
  for (const build of last ? [last] : buildsNewestFirst(store)) {
    const execution = snapshotOf(store, build, now).workflowExecutions.find(matches);
    if (!execution) continue;
    remember(seen, build, execution);
    return { build, execution };
  }
  return notFound(id);
}

function seenIds(store: ImageBuilderStore): Map<string, string> {
  const seen = seenIn.get(store) ?? new Map<string, string>();
  seenIn.set(store, seen);
  return seen;
}

function remember(seen: Map<string, string>, build: ImageBuildRow, execution: WorkflowExecution): void {
  seen.set(execution.workflowExecutionId, build.arn);
  for (const step of execution.steps) seen.set(step.stepExecutionId, build.arn);
}

function findExecution(store: ImageBuilderStore, id: string | undefined, now: number): Found {
  return search(store, now, id ?? "", (execution) => execution.workflowExecutionId === id);
}

function findStep(store: ImageBuilderStore, id: string | undefined, now: number) {
  const isStep = (step: StepExecution) => step.stepExecutionId === id;
  const found = search(store, now, id ?? "", (execution) => execution.steps.some(isStep));
  return { ...found, step: found.execution.steps.find(isStep) ?? notFound(id) };
}

function toMetadata(build: ImageBuildRow, execution: WorkflowExecution): WorkflowExecutionMetadata {
  const { steps: _steps, workflowArn, startMs, endMs, ...rest } = execution;
  return {
    ...rest,
    workflowBuildVersionArn: workflowArn,
    startTime: isoDate(timeOf(build, startMs)),
    ...(endMs !== undefined && { endTime: isoDate(timeOf(build, endMs)) }),
  };
}

function toStepMetadata(build: ImageBuildRow, step: StepExecution): WorkflowStepMetadata {
  const { startMs, endMs, onFailure: _onFailure, timeoutSeconds: _timeout, ...rest } = step;
  return {
    ...rest,
    startTime: isoDate(timeOf(build, startMs)),
    ...(endMs !== undefined && { endTime: isoDate(timeOf(build, endMs)) }),
  };
}
