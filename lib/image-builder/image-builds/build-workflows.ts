import "server-only";
import {
  ListWorkflowExecutionsCommand,
  ListWorkflowStepExecutionsCommand,
  type WorkflowExecutionMetadata,
  type WorkflowStepMetadata,
} from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { rawJson } from "@/lib/aws/raw-json";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { toInstant } from "./to-image-build-summary";
import type { WorkflowExecution, WorkflowStep } from "./types";

const ENDED = new Set(["COMPLETED", "FAILED", "ROLLBACK_COMPLETED", "CANCELLED", "SKIPPED"]);
const MOVING_FRESH_FOR_MS = { least: 1_500, perBuild: 750, most: 6_000 };
const ENDED_FRESH_FOR_MS = 600_000;

/**
 * The workflow executions of a build with their steps, in the order in which they started. `among`: how many running
 * builds are asked about at once; many share the budget and are asked less often. `forLists`: see `ReadOptions`.
 */
export async function readBuildWorkflows(
  ctx: UseCaseContext,
  imageBuildVersionArn: string,
  { buildEnded, among = 1, forLists = false }: { buildEnded: boolean; among?: number; forLists?: boolean },
): Promise<WorkflowExecution[]> {
  const { least, perBuild, most } = MOVING_FRESH_FOR_MS;
  const movingFreshForMs = Math.min(most, Math.max(least, among * perBuild));
  const executions = await collectPages({
    load: async (nextToken) => {
      const command = new ListWorkflowExecutionsCommand({ imageBuildVersionArn, maxResults: 25, nextToken });
      const page = await ctx.aws.imageBuilder.read(command, {
        forLists,
        // While the build runs, another workflow may follow those that have ended.
        freshForMs: ({ workflowExecutions: all = [] }) =>
          buildEnded && all.length > 0 && all.every(({ status = "" }) => ENDED.has(status))
            ? ENDED_FRESH_FOR_MS
            : movingFreshForMs,
      });
      return { items: page.workflowExecutions, next: page.nextToken };
    },
  });
  const read = await Promise.all(
    executions.map((execution) =>
      withSteps(ctx, imageBuildVersionArn, execution, { movingFreshForMs, forLists }),
    ),
  );
  return read.toSorted((a, b) => (a.startedAt ?? "9").localeCompare(b.startedAt ?? "9"));
}

async function withSteps(
  ctx: UseCaseContext,
  imageBuildVersionArn: string,
  execution: WorkflowExecutionMetadata,
  { movingFreshForMs, forLists }: { movingFreshForMs: number; forLists: boolean },
): Promise<WorkflowExecution> {
  const { workflowExecutionId = "", workflowBuildVersionArn = "", status = "" } = execution;
  const steps = await collectPages({
    load: async (nextToken) => {
      const question = { imageBuildVersionArn, workflowExecutionId, maxResults: 25, nextToken };
      const page = await ctx.aws.imageBuilder.read(new ListWorkflowStepExecutionsCommand(question), {
        hint: status,
        forLists,
        freshForMs: ENDED.has(status) ? ENDED_FRESH_FOR_MS : movingFreshForMs,
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
