import "server-only";
import { type ImagePipeline, ListImagePipelinesCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

const PAGE_SIZE = 25;
/** A long list is asked for less often, so that it leaves most of the budget to others. */
const FRESH_FOR_MS = { least: 1_200, perPage: 400 };

type ListedPipeline = ImagePipeline & { arn: string };

/** Every pipeline of the target as AWS lists it. */
export function allPipelines(ctx: UseCaseContext): Promise<ListedPipeline[]> {
  const { least, perPage } = FRESH_FOR_MS;
  return ctx.aws.share(
    "all-pipelines",
    (pipelines) => Math.max(least, Math.ceil(pipelines.length / PAGE_SIZE) * perPage),
    () => listPages(ctx),
  );
}

async function listPages({ aws }: UseCaseContext): Promise<ListedPipeline[]> {
  const pipelines = await collectPages({
    load: async (nextToken) => {
      const command = new ListImagePipelinesCommand({ maxResults: PAGE_SIZE, nextToken });
      const page = await aws.imageBuilder.read(command, { freshForMs: 0 });
      return { items: page.imagePipelineList, next: page.nextToken };
    },
  });
  return pipelines.flatMap((pipeline) => (pipeline.arn ? [{ ...pipeline, arn: pipeline.arn }] : []));
}
