import "server-only";
import { randomUUID } from "node:crypto";
import { DeleteImageCommand, StartResourceStateUpdateCommand } from "@aws-sdk/client-imagebuilder";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageDeletionSchema } from "./schemas";

/**
 * Deletes an image. DeleteImage takes the record only and leaves every AMI; with something to include, AWS deletes
 * that and marks the image DELETED:
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_DeleteImage.html
 */
export const deleteImageBuild = useCase(
  "delete-image-build",
  imageDeletionSchema,
  async ({ ctx, input: { key, include, executionRole } }): Promise<null> => {
    const arn = arnOfBuild(ctx.target, key);
    const isRecordOnly = !Object.values(include).some(Boolean);
    return recordWrite(
      ctx,
      "delete-image-build",
      { resource: arn, input: { include, executionRole } },
      async () => {
        const answer = isRecordOnly
          ? await ctx.aws.imageBuilder.write(new DeleteImageCommand({ imageBuildVersionArn: arn }))
          : await ctx.aws.imageBuilder.write(
              new StartResourceStateUpdateCommand({
                resourceArn: arn,
                state: { status: "DELETED" },
                includeResources: include,
                executionRole,
                clientToken: randomUUID(),
              }),
            );
        return { value: null, awsRequestId: requestIdOf(answer) };
      },
    );
  },
);
