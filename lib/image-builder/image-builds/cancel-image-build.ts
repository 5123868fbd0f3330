import "server-only";
import { randomUUID } from "node:crypto";
import { CancelImageCreationCommand } from "@aws-sdk/client-imagebuilder";
import { authorize } from "@/lib/auth/authorize";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { arnOfBuild } from "./image-build-key";
import { imageBuildKeySchema } from "./schemas";

/** Asks AWS to stop a build. It ends a little later, as CANCELLED; what it made so far stays behind. */
export async function cancelImageBuild({ ctx, input }: UseCase<ImageBuildKey>): Promise<null> {
  await authorize(ctx, "cancel-image-build", input.name);
  const key = imageBuildKeySchema.parse(input);

  const imageBuildVersionArn = arnOfBuild(ctx.target, key);
  return recordWrite(ctx, "cancel-image-build", { resource: imageBuildVersionArn, input: key }, async () => {
    const answer = await ctx.aws.imageBuilder.write(
      new CancelImageCreationCommand({ imageBuildVersionArn, clientToken: randomUUID() }),
    );
    return { value: null, awsRequestId: requestIdOf(answer) };
  });
}
