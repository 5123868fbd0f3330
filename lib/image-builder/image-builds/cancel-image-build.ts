import "server-only";
import { randomUUID } from "node:crypto";
import { CancelImageCreationCommand } from "@aws-sdk/client-imagebuilder";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "./image-build-key";
import { imageBuildKeySchema } from "./schemas";

/** Asks AWS to stop a build. It ends a little later, as CANCELLED; what it made so far stays behind. */
export const cancelImageBuild = useCase(
  "cancel-image-build",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<null> => {
    const imageBuildVersionArn = arnOfBuild(ctx.target, key);
    return recordWrite(
      ctx,
      "cancel-image-build",
      { resource: imageBuildVersionArn, input: key },
      async () => {
        const answer = await ctx.aws.imageBuilder.write(
          new CancelImageCreationCommand({ imageBuildVersionArn, clientToken: randomUUID() }),
        );
        return { value: null, awsRequestId: requestIdOf(answer) };
      },
    );
  },
);
