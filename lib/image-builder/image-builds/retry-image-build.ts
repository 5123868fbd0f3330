import "server-only";
import { randomUUID } from "node:crypto";
import { RetryImageCommand } from "@aws-sdk/client-imagebuilder";
import { authorize } from "@/lib/auth/authorize";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { arnOfBuild } from "./image-build-key";
import { imageBuildKeySchema } from "./schemas";

/** Resumes a failed or cancelled AMI build at its test or distribution stage, as the same build version. */
export async function retryImageBuild({ ctx, input }: UseCase<ImageBuildKey>): Promise<null> {
  await authorize(ctx, "retry-image-build", input.name);
  const key = imageBuildKeySchema.parse(input);

  const imageBuildVersionArn = arnOfBuild(ctx.target, key);
  return recordWrite(ctx, "retry-image-build", { resource: imageBuildVersionArn, input: key }, async () => {
    const answer = await ctx.aws.imageBuilder.write(
      new RetryImageCommand({ imageBuildVersionArn, clientToken: randomUUID() }),
    );
    return { value: null, awsRequestId: requestIdOf(answer) };
  });
}
