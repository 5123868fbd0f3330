import "server-only";
import { GetWorkflowStepExecutionCommand } from "@aws-sdk/client-imagebuilder";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readBuildWorkflows } from "../image-builds/build-workflows";
import { arnOfBuild } from "../image-builds/image-build-key";
import type { StepOfBuild } from "./schemas";

const text = z.string().optional().catch(undefined);
const factsSchema = z.object({ instanceId: text, runCommandId: text }).catch({});

const FRESH_FOR_MS = 5_000;
/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-step-actions.html */
const LAUNCH = "LaunchInstance";

/**
 * The instance that a workflow step worked on and the command that it ran there, as its inputs and outputs name them.
 * A step of another build is not found: whoever may see one build may not read on from it into others. An author may
 * write any instance into a workflow, so that only one which this build launched is believed.
 */
export async function machineOfStep(
  ctx: UseCaseContext,
  { step: stepExecutionId, ...key }: StepOfBuild,
): Promise<{ instanceId: string; commandId?: string }> {
  const imageArn = arnOfBuild(ctx.target, key);
  const execution = await readStep(ctx, stepExecutionId);
  if (execution.imageBuildVersionArn !== imageArn)
    throw new ConsoleFailure({ code: "not-found", message: "This build has no such step." });
  const [inputs, outputs] = [factsIn(execution.inputs), factsIn(execution.outputs)];
  const isLaunch = execution.action === LAUNCH;
  const instanceId = isLaunch ? outputs.instanceId : (inputs.instanceId ?? outputs.instanceId);
  if (!instanceId?.startsWith("i-"))
    throw new ConsoleFailure({ code: "not-found", message: "AWS names no instance for this step." });
  if (!isLaunch && !(await launchedBy(ctx, imageArn)).has(instanceId))
    throw new ConsoleFailure({
      code: "not-found",
      message: "This step names an instance that its build did not launch.",
    });
  return { instanceId, commandId: outputs.runCommandId };
}

/** What AWS itself says that a build launched: outputs of the step that does so cannot be written by anybody. */
async function launchedBy(ctx: UseCaseContext, imageArn: string): Promise<Set<string | undefined>> {
  const workflows = await readBuildWorkflows(ctx, imageArn, { buildEnded: false });
  const launches = workflows.flatMap(({ steps }) => steps).filter(({ action }) => action === LAUNCH);
  const read = await Promise.all(launches.map(({ id }) => readStep(ctx, id)));
  return new Set(read.map(({ outputs }) => factsIn(outputs).instanceId));
}

const readStep = ({ aws }: UseCaseContext, stepExecutionId: string) =>
  aws.imageBuilder.read(new GetWorkflowStepExecutionCommand({ stepExecutionId }), {
    freshForMs: FRESH_FOR_MS,
  });

function factsIn(json: string | undefined): z.output<typeof factsSchema> {
  try {
    return factsSchema.parse(JSON.parse(json ?? "{}"));
  } catch {
    return {};
  }
}
