import "server-only";
import { type ImagePipeline, ListImagePipelinesCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import type { UseCaseContext } from "../use-case-context";

const FRESH_FOR_MS = 1_200;

/** Every pipeline of the target as AWS lists it. */
export async function allPipelines({ aws }: UseCaseContext): Promise<(ImagePipeline & { arn: string })[]> {
  const pipelines = await collectPages({
    load: async (nextToken) => {
      const command = new ListImagePipelinesCommand({ maxResults: 25, nextToken });
      const page = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.imagePipelineList, next: page.nextToken };
    },
  });
  return pipelines.flatMap((pipeline) => (pipeline.arn ? [{ ...pipeline, arn: pipeline.arn }] : []));
}
