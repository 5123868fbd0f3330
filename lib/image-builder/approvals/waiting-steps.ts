import "server-only";
import {
  GetImageCommand,
  GetWorkflowStepExecutionCommand,
  ListWaitingWorkflowStepsCommand,
  type WorkflowStepExecution,
} from "@aws-sdk/client-imagebuilder";
import { permits } from "@/lib/auth/permissions";
import { collectPages } from "@/lib/aws/paginate";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { keyOfBuild } from "../image-builds/image-build-key";
import { toInstant } from "../image-builds/to-image-build-summary";
import type { WaitingStep } from "./types";

/** People answer within minutes, not seconds. An answer given here makes every read anew. */
const FRESH_FOR_MS = 4_000;
/** Name, pipeline and time-out of a step that waits do not change while it does. */
const DETAILS_FRESH_FOR_MS = 600_000;

/** What waits for an answer in builds that the actor may see, longest waiting first. `forLists`: see `ReadOptions`. */
export async function waitingSteps(
  ctx: UseCaseContext,
  { forLists = false }: { forLists?: boolean } = {},
): Promise<WaitingStep[]> {
  const listed = await collectPages({
    load: async (nextToken) => {
      const command = new ListWaitingWorkflowStepsCommand({ maxResults: 25, nextToken });
      const page = await ctx.aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS, forLists });
      return { items: page.steps, next: page.nextToken };
    },
  });
  const steps = await Promise.all(listed.map((step) => withDetails(ctx, step, forLists)));
  return steps
    .flatMap((step) => step ?? [])
    .toSorted((a, b) => (a.startedAt ?? "").localeCompare(b.startedAt ?? ""));
}

async function withDetails(
  ctx: UseCaseContext,
  {
    stepExecutionId,
    imageBuildVersionArn = "",
    workflowBuildVersionArn = "",
    ...step
  }: WorkflowStepExecution,
  forLists: boolean,
): Promise<WaitingStep | undefined> {
  const build = keyOfBuild(imageBuildVersionArn);
  if (!build || !stepExecutionId || !permits(ctx.actor, "get-image-build", ctx.target.id, build.name)) return;
  const { imageBuilder } = ctx.aws;
  const options = { freshForMs: DETAILS_FRESH_FOR_MS, forLists };
  const [image, execution] = await Promise.all([
    orUndefined(imageBuilder.read(new GetImageCommand({ imageBuildVersionArn }), options)),
    orUndefined(imageBuilder.read(new GetWorkflowStepExecutionCommand({ stepExecutionId }), options)),
  ]);
  const startedAt = toInstant(step.startTime);
  const { workflowType = "", name = "", version = "" } = parseImageBuilderArn(workflowBuildVersionArn) ?? {};
  return {
    stepExecutionId,
    build,
    imageName: image.value?.image?.name ?? build.name,
    pipelineName: image.value?.image?.sourcePipelineName,
    stepName: step.name ?? "",
    description: execution.value?.description,
    workflow: { type: workflowType, name, version },
    startedAt,
    expiresAt: expiryOf(startedAt, execution.value?.timeoutSeconds),
  };
}

/** A build that is deleted while its step is listed takes no other step along. */
const orUndefined = <Value>(part: Promise<Value>) => unlessFailed(unlessGone(part, undefined), undefined);

const expiryOf = (startedAt: string | undefined, timeoutSeconds: number | undefined) =>
  startedAt && timeoutSeconds
    ? new Date(Date.parse(startedAt) + timeoutSeconds * 1000).toISOString()
    : undefined;
