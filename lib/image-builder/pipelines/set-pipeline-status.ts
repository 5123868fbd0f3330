import "server-only";
import { randomUUID } from "node:crypto";
import { UpdateImagePipelineCommand } from "@aws-sdk/client-imagebuilder";
import { setPipelineStatusSchema } from "@/lib/definitions/pipeline-schemas";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { findPipeline } from "./find-pipeline";

/** Members that GetImagePipeline gives and UpdateImagePipeline does not take. All others are sent back. */
const READ_ONLY = new Set([
  "arn",
  "name",
  "platform",
  "dateCreated",
  "dateUpdated",
  "dateLastRun",
  "dateNextRun",
  "lastRunStatus",
  "consecutiveFailures",
  "tags",
]);

/**
 * Enables or disables a pipeline. UpdateImagePipeline replaces the whole, so the pipeline is sent back as AWS
 * gave it, members unknown to the SDK included, with the one change:
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_UpdateImagePipeline.html
 */
export const setPipelineStatus = useCase(
  "set-pipeline-status",
  setPipelineStatusSchema,
  async ({ ctx, input: { name, status } }): Promise<null> => {
    return recordWrite(ctx, "set-pipeline-status", { resource: name, input: { name, status } }, async () => {
      const { pipeline, raw } = await findPipeline(ctx, name);
      const kept = Object.fromEntries(Object.entries(raw).filter(([member]) => !READ_ONLY.has(member)));
      const clientToken = randomUUID();
      const command = new UpdateImagePipelineCommand({
        imagePipelineArn: pipeline.arn,
        infrastructureConfigurationArn: pipeline.infrastructureConfigurationArn,
        clientToken,
      });
      const body = { ...kept, imagePipelineArn: pipeline.arn, status, clientToken };
      const answer = await ctx.aws.imageBuilder.write(command, { body });
      return {
        value: null,
        before: { status: pipeline.status },
        after: { status },
        awsRequestId: requestIdOf(answer),
      };
    });
  },
);
