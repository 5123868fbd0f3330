import { z } from "zod";
import { arnsInText, parseImageBuilderArn } from "@/lib/core/arn";
import type { FailureContext, ImageBuildStatus, WorkflowExecution } from "./types";

const text = z.string().optional().catch(undefined);
/** Newer than the SDK, and free to grow: what is not as expected is left out. */
const failureContextSchema = z.object({
  imageStatus: text,
  workflowArn: text,
  workflowExecutionId: text,
  failedStep: text,
  stepExecutionId: text,
  componentFailure: z
    .object({ componentArn: text, phaseName: text, stepName: text, action: text, errorMessage: text })
    .optional()
    .catch(undefined),
  distributionFailure: z
    .object({
      errorMessage: text,
      regionFailures: z
        .array(
          z.object({
            region: z.string(),
            targetAccountId: text,
            status: text,
            imageConfigurationStep: text,
            errorMessage: text,
          }),
        )
        .catch([]),
    })
    .optional()
    .catch(undefined),
});

const WORKFLOW_IN_REASON = /Workflow Execution ID:? '?(wf-[0-9a-f-]+)'?/i;
const STAGE_IN_REASON = /in state = '([A-Z]+)'/;

/**
 * What failed: AWS's own failure context when it gives one, else what can be read from the reason and the steps.
 * Undefined for a build that did not fail.
 */
export function buildFailure({
  status,
  reason = "",
  context,
  workflows,
}: {
  status: ImageBuildStatus;
  reason?: string;
  /** `state.failureContext` as AWS sent it. */
  context: unknown;
  workflows: WorkflowExecution[];
}): FailureContext | undefined {
  if (status !== "FAILED") return undefined;
  const given = failureContextSchema.safeParse(context);
  return given.success ? fromContext(given.data) : fromReason(reason, workflows);
}

function fromContext(context: z.infer<typeof failureContextSchema>): FailureContext {
  const { imageStatus, componentFailure: component, distributionFailure: distribution, ...rest } = context;
  return {
    ...rest,
    stage: imageStatus,
    component: component && {
      arn: component.componentArn,
      phase: component.phaseName,
      step: component.stepName,
      action: component.action,
      error: component.errorMessage,
    },
    distribution: distribution && {
      error: distribution.errorMessage,
      regions: distribution.regionFailures.map((failure) => ({
        region: failure.region,
        accountId: failure.targetAccountId,
        status: failure.status,
        step: failure.imageConfigurationStep,
        error: failure.errorMessage,
      })),
    },
  };
}

function fromReason(reason: string, workflows: WorkflowExecution[]): FailureContext {
  const named = WORKFLOW_IN_REASON.exec(reason)?.[1];
  const workflow =
    workflows.find(({ id }) => id === named) ??
    workflows.find(({ retried, steps }) => !retried && steps.some(({ status }) => status === "FAILED"));
  const step = workflow?.steps.find(({ status }) => status === "FAILED");
  const component = arnsInText(reason).find((arn) => parseImageBuilderArn(arn)?.kind === "component");
  return {
    stage: STAGE_IN_REASON.exec(reason)?.[1],
    workflowArn: workflow?.workflowArn,
    workflowExecutionId: workflow?.id ?? named,
    failedStep: step?.name,
    stepExecutionId: step?.id,
    component: component ? { arn: component } : undefined,
  };
}
