import "server-only";
import { randomUUID } from "node:crypto";
import { StartImagePipelineExecutionCommand } from "@aws-sdk/client-imagebuilder";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { runPipelineSchema } from "@/lib/definitions/pipeline-schemas";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { keyOfBuild } from "../image-builds/image-build-key";
import { rememberStartedBuild } from "../image-builds/recent-builds";
import { findPipelineArn } from "./find-pipeline";

/** Starts a build of a pipeline now, also of a disabled one, and gives its key. */
export const runPipeline = useCase(
  "run-pipeline",
  runPipelineSchema,
  async ({ ctx, input: { name } }): Promise<ImageBuildKey> =>
    recordWrite(ctx, "run-pipeline", { resource: name, input: { name } }, async () => {
      const imagePipelineArn = await findPipelineArn(ctx, name);
      const answer = await ctx.aws.imageBuilder.write(
        new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: randomUUID() }),
      );
      const arn = answer.imageBuildVersionArn ?? "";
      const key = keyOfBuild(arn);
      if (!key) throw new Error(`StartImagePipelineExecution gave no build: ${arn}`);
      rememberStartedBuild(ctx.target.id, {
        arn,
        pipelineArn: imagePipelineArn,
        startedAtMs: ctx.clock.now(),
      });
      return { value: key, after: { imageBuildVersionArn: arn }, awsRequestId: requestIdOf(answer) };
    }),
);
