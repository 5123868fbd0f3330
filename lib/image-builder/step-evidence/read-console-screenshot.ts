import "server-only";
import { GetConsoleScreenshotCommand } from "@aws-sdk/client-ec2";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { machineOfStep } from "./machine-of-step";
import { stepOfBuildSchema } from "./schemas";
import type { ScreenshotEvidence } from "./types";

/**
 * A picture of the screen of a step's instance, which has to run. It may show what nobody meant to show: who looked is
 * on record. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleScreenshot.html
 */
export const readConsoleScreenshot = useCase(
  "read-console-screenshot",
  stepOfBuildSchema,
  async ({ ctx, input }): Promise<ScreenshotEvidence> => {
    const { instanceId } = await machineOfStep(ctx, input);
    const resource = arnOfBuild(ctx.target, input);
    return recordWrite(
      ctx,
      "read-console-screenshot",
      { resource, input: { ...input, instanceId } },
      async () => {
        const command = new GetConsoleScreenshotCommand({ InstanceId: instanceId });
        const { ImageData = "" } = await ctx.aws.ec2.read(command);
        // What is no base64 is no picture either.
        return { value: { instanceId, jpeg: /^[\w+/=]*$/.test(ImageData) ? ImageData : "" } };
      },
    );
  },
);
