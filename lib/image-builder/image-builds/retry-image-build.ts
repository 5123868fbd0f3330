import "server-only";
import { randomUUID } from "node:crypto";
import { RetryImageCommand } from "@aws-sdk/client-imagebuilder";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "./image-build-key";
import { imageBuildKeySchema } from "./schemas";

/** Resumes a failed or canceled AMI build at its test or distribution stage, as the same build version. */
export const retryImageBuild = useCase(
  "retry-image-build",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<null> => {
    const imageBuildVersionArn = arnOfBuild(ctx.target, key);
    return recordWrite(ctx, "retry-image-build", { resource: imageBuildVersionArn, input: key }, async () => {
      const answer = await ctx.aws.imageBuilder.write(
        new RetryImageCommand({ imageBuildVersionArn, clientToken: randomUUID() }),
      );
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  },
);
