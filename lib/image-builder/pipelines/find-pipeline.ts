import "server-only";
import { GetImagePipelineCommand, type ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { rawJson } from "@/lib/aws/raw-json";
import { imageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { allPipelines } from "./all-pipelines";

/**
 * The ARN of the pipeline called `name` in a URL. The list is read first: by AWS's pattern an ARN may
 * hold an underscore that today's rule no longer makes. What is too new for the list has the ARN of the rule.
 */
export async function findPipelineArn(ctx: UseCaseContext, name: string): Promise<string> {
  const listed = (await allPipelines(ctx)).find((pipeline) => pipeline.name === name);
  return listed?.arn ?? imageBuilderArn(ctx.target, "image-pipeline", name);
}

/** The pipeline and the JSON it was read from. Throws `not-found`. */
export async function findPipeline(
  ctx: UseCaseContext,
  name: string,
): Promise<{ pipeline: ImagePipeline & { arn: string }; raw: Record<string, unknown> }> {
  const imagePipelineArn = await findPipelineArn(ctx, name);
  const answer = await ctx.aws.imageBuilder
    .read(new GetImagePipelineCommand({ imagePipelineArn }))
    .catch((error: unknown) => {
      if (!(error instanceof ConsoleFailure) || error.detail.code !== "not-found") throw error;
      throw notFound(ctx, name);
    });
  const pipeline = answer.imagePipeline;
  if (!pipeline?.arn) throw notFound(ctx, name);
  const raw = rawJson(answer)?.imagePipeline as Record<string, unknown> | undefined;
  // An update sends the whole back: without it, it would take away what it does not mention.
  if (!raw) throw new Error("the JSON of a GetImagePipeline answer was not kept");
  return { pipeline: { ...pipeline, arn: pipeline.arn }, raw };
}

const notFound = ({ target }: UseCaseContext, name: string) =>
  new ConsoleFailure({
    code: "not-found",
    message: `${target.label} has no pipeline "${name}" in ${target.region}.`,
  });
