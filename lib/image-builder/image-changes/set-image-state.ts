import "server-only";
import { randomUUID } from "node:crypto";
import { StartResourceStateUpdateCommand } from "@aws-sdk/client-imagebuilder";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageStateChangeSchema } from "./schemas";

/** Has AWS deprecate or disable an image, or make it available again. It takes AWS a moment. */
export const setImageState = useCase(
  "set-image-state",
  imageStateChangeSchema,
  async ({ ctx, input: { key, state, amis, executionRole, at } }): Promise<null> => {
    if (at !== undefined && Date.parse(at) <= ctx.clock.now()) {
      throw new ConsoleFailure({
        code: "invalid",
        message: "The time must be in the future.",
        fields: { at: "The time must be in the future." },
      });
    }
    const resourceArn = arnOfBuild(ctx.target, key);
    return recordWrite(
      ctx,
      "set-image-state",
      { resource: resourceArn, input: { state, amis, executionRole, at } },
      async () => {
        const answer = await ctx.aws.imageBuilder.write(
          new StartResourceStateUpdateCommand({
            resourceArn,
            state: { status: state },
            includeResources: amis ? { amis } : undefined,
            executionRole,
            updateAt: at === undefined ? undefined : new Date(at),
            clientToken: randomUUID(),
          }),
        );
        return { value: null, awsRequestId: requestIdOf(answer) };
      },
    );
  },
);
