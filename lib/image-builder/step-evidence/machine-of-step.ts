import "server-only";
import { GetWorkflowStepExecutionCommand } from "@aws-sdk/client-imagebuilder";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { arnOfBuild } from "../image-builds/image-build-key";
import type { StepOfBuild } from "./schemas";

const text = z.string().optional().catch(undefined);
const factsSchema = z.object({ instanceId: text, runCommandId: text }).catch({});

const FRESH_FOR_MS = 5_000;

/**
 * The instance that a workflow step worked on and the command that it ran there, as its inputs and outputs name them.
 * A step of another build is not found: whoever may see one build may not read on from it into others.
 */
export async function machineOfStep(
  { aws, target }: UseCaseContext,
  { step: stepExecutionId, ...key }: StepOfBuild,
): Promise<{ instanceId: string; commandId?: string }> {
  const command = new GetWorkflowStepExecutionCommand({ stepExecutionId });
  const execution = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
  if (execution.imageBuildVersionArn !== arnOfBuild(target, key))
    throw new ConsoleFailure({ code: "not-found", message: "This build has no such step." });
  const [inputs, outputs] = [factsIn(execution.inputs), factsIn(execution.outputs)];
  const instanceId = inputs.instanceId ?? outputs.instanceId;
  if (!instanceId?.startsWith("i-"))
    throw new ConsoleFailure({ code: "not-found", message: "AWS names no instance for this step." });
  return { instanceId, commandId: outputs.runCommandId };
}

function factsIn(json: string | undefined): z.output<typeof factsSchema> {
  try {
    return factsSchema.parse(JSON.parse(json ?? "{}"));
  } catch {
    return {};
  }
}
