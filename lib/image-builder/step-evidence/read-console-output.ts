import "server-only";
import { GetConsoleOutputCommand } from "@aws-sdk/client-ec2";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { machineOfStep } from "./machine-of-step";
import { stepOfBuildSchema } from "./schemas";
import type { ConsoleOutputEvidence } from "./types";

/**
 * What a step's instance wrote to its serial console. It may hold what nobody meant to show, such as user data that
 * echoes a password: who read it is on record.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
 */
export const readConsoleOutput = useCase(
  "read-console-output",
  stepOfBuildSchema,
  async ({ ctx, input }): Promise<ConsoleOutputEvidence> => {
    const { instanceId } = await machineOfStep(ctx, input);
    const resource = arnOfBuild(ctx.target, input);
    return recordWrite(
      ctx,
      "read-console-output",
      { resource, input: { ...input, instanceId } },
      async () => {
        const answer = await ctx.aws.ec2.read(new GetConsoleOutputCommand({ InstanceId: instanceId }));
        const text = Buffer.from(answer.Output ?? "", "base64").toString("utf8");
        return { value: { instanceId, at: answer.Timestamp?.toISOString(), text } };
      },
    );
  },
);
