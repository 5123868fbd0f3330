import "server-only";
import { randomUUID } from "node:crypto";
import { StartImagePipelineExecutionCommand } from "@aws-sdk/client-imagebuilder";
import { authorize } from "@/lib/auth/authorize";
import { keyOfBuild } from "../image-builds/image-build-key";
import { rememberStartedBuild } from "../image-builds/recent-builds";
import type { ImageBuildKey } from "../image-builds/types";
import { recordWrite, requestIdOf } from "../record-write";
import type { UseCase } from "../use-case-context";
import { findPipelineArn } from "./find-pipeline";
import { runPipelineSchema } from "./schemas";

/** Starts a build of a pipeline now, also of a disabled one, and gives its key. */
export async function runPipeline({ ctx, input }: UseCase<{ name: string }>): Promise<ImageBuildKey> {
  await authorize(ctx, "run-pipeline", input.name);
  const { name } = runPipelineSchema.parse(input);

  return recordWrite(ctx, "run-pipeline", { resource: name, input: { name } }, async () => {
    const imagePipelineArn = await findPipelineArn(ctx, name);
    const answer = await ctx.aws.imageBuilder.write(
      new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: randomUUID() }),
    );
    const arn = answer.imageBuildVersionArn ?? "";
    const key = keyOfBuild(arn);
    if (!key) throw new Error(`StartImagePipelineExecution gave no build: ${arn}`);
    rememberStartedBuild(ctx.target.id, { arn, pipelineArn: imagePipelineArn, startedAtMs: ctx.clock.now() });
    return { value: key, after: { imageBuildVersionArn: arn }, awsRequestId: requestIdOf(answer) };
  });
}
