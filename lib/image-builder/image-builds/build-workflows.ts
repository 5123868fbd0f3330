import "server-only";
import {
  ListWorkflowExecutionsCommand,
  ListWorkflowStepExecutionsCommand,
  type WorkflowExecutionMetadata,
  type WorkflowStepMetadata,
} from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { rawJson } from "@/lib/aws/raw-json";
import type { UseCaseContext } from "../use-case-context";
import { toInstant } from "./to-image-build-summary";
import type { WorkflowExecution, WorkflowStep } from "./types";

const ENDED = new Set(["COMPLETED", "FAILED", "ROLLBACK_COMPLETED", "CANCELLED", "SKIPPED"]);
const MOVING_FRESH_FOR_MS = 1_500;
const ENDED_FRESH_FOR_MS = 600_000;

const freshForMs = (all: { status?: string }[]) =>
  all.length > 0 && all.every(({ status = "" }) => ENDED.has(status))
    ? ENDED_FRESH_FOR_MS
    : MOVING_FRESH_FOR_MS;

/** The workflow executions of a build with their steps, in the order in which they started. */
export async function readBuildWorkflows(
  ctx: UseCaseContext,
  imageBuildVersionArn: string,
  { buildEnded }: { buildEnded: boolean },
): Promise<WorkflowExecution[]> {
  const executions = await collectPages({
    load: async (nextToken) => {
      const command = new ListWorkflowExecutionsCommand({ imageBuildVersionArn, maxResults: 25, nextToken });
      const page = await ctx.aws.imageBuilder.read(command, {
        // While the build runs, another workflow may follow those that have ended.
        freshForMs: (answer) =>
          buildEnded ? freshForMs(answer.workflowExecutions ?? []) : MOVING_FRESH_FOR_MS,
      });
      return { items: page.workflowExecutions, next: page.nextToken };
    },
  });
  const read = await Promise.all(
    executions.map((execution) => withSteps(ctx, imageBuildVersionArn, execution)),
  );
  return read.toSorted((a, b) => (a.startedAt ?? "9").localeCompare(b.startedAt ?? "9"));
}

async function withSteps(
  ctx: UseCaseContext,
  imageBuildVersionArn: string,
  execution: WorkflowExecutionMetadata,
): Promise<WorkflowExecution> {
  const { workflowExecutionId = "", workflowBuildVersionArn = "", status = "" } = execution;
  const steps = await collectPages({
    load: async (nextToken) => {
      const question = { imageBuildVersionArn, workflowExecutionId, maxResults: 25, nextToken };
      const page = await ctx.aws.imageBuilder.read(new ListWorkflowStepExecutionsCommand(question), {
        hint: status,
        freshForMs: ENDED.has(status) ? ENDED_FRESH_FOR_MS : MOVING_FRESH_FOR_MS,
      });
      const raw = (rawJson(page)?.steps ?? []) as Record<string, unknown>[];
      const items = (page.steps ?? []).map((step, index) => toStep(step, raw[index] ?? {}));
      return { items, next: page.nextToken };
    },
  });
  return {
    id: workflowExecutionId,
    type: execution.type ?? "",
    workflowArn: workflowBuildVersionArn,
    status,
    message: execution.message,
    retried: execution.retried ?? false,
    startedAt: toInstant(execution.startTime),
    endedAt: toInstant(execution.endTime),
    steps: steps.toSorted((a, b) => (a.startedAt ?? "9").localeCompare(b.startedAt ?? "9")),
  };
}

function toStep(
  step: WorkflowStepMetadata,
  { attemptNumber, maxAttempts }: Record<string, unknown>,
): WorkflowStep {
  return {
    id: step.stepExecutionId ?? "",
    name: step.name ?? "",
    action: step.action ?? "",
    status: step.status ?? "",
    rollbackStatus: step.rollbackStatus,
    message: step.message,
    startedAt: toInstant(step.startTime),
    endedAt: toInstant(step.endTime),
    attempt:
      typeof attemptNumber === "number" && typeof maxAttempts === "number"
        ? { number: attemptNumber, max: maxAttempts }
        : undefined,
  };
}
