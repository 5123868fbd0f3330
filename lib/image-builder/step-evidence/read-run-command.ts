import "server-only";
import { GetCommandInvocationCommand, ListCommandInvocationsCommand } from "@aws-sdk/client-ssm";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { machineOfStep } from "./machine-of-step";
import { stepOfBuildSchema } from "./schemas";
import type { RunCommandEvidence } from "./types";

const FRESH_FOR_MS = 5_000;

/**
 * The Run Command invocation behind a workflow step: its status, exit code and output. Where the step does not name
 * its command, as one that failed does not, it is the newest of its instance. AWS keeps invocations for 30 days.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html
 */
export const readRunCommand = useCase(
  "read-run-command",
  stepOfBuildSchema,
  async ({ ctx, input }): Promise<RunCommandEvidence> => {
    const { instanceId, commandId: named } = await machineOfStep(ctx, input);
    const commandId = named ?? (await newestCommand(ctx, instanceId));
    const command = new GetCommandInvocationCommand({ CommandId: commandId, InstanceId: instanceId });
    const found = await ctx.aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
    const { ResponseCode } = found;
    return {
      commandId,
      instanceId,
      document: found.DocumentName,
      status: found.StatusDetails ?? found.Status ?? "Unknown",
      // -1: the command has not ended, or never began.
      exitCode: ResponseCode === undefined || ResponseCode < 0 ? undefined : ResponseCode,
      startedAt: found.ExecutionStartDateTime || undefined,
      endedAt: found.ExecutionEndDateTime || undefined,
      stdout: (found.StandardOutputContent ?? "").toWellFormed(),
      stderr: (found.StandardErrorContent ?? "").toWellFormed(),
    };
  },
);

async function newestCommand({ aws }: UseCaseContext, instanceId: string): Promise<string> {
  const command = new ListCommandInvocationsCommand({ InstanceId: instanceId, MaxResults: 50 });
  const { CommandInvocations = [] } = await aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
  const at = ({ RequestedDateTime }: (typeof CommandInvocations)[number]) =>
    RequestedDateTime?.getTime() ?? 0;
  const [newest] = CommandInvocations.toSorted((a, b) => at(b) - at(a));
  if (newest?.CommandId) return newest.CommandId;
  throw new ConsoleFailure({
    code: "not-found",
    message: `Systems Manager has no command for ${instanceId}. It keeps them for 30 days.`,
  });
}
