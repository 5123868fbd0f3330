import "server-only";
import { type ImagePipeline, ListImagePipelinesCommand } from "@aws-sdk/client-imagebuilder";
import { pipelineListCallsPerMinute } from "@/lib/aws/list-calls";
import { collectPages } from "@/lib/aws/paginate";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

const PAGE_SIZE = 25;
const LEAST_FRESH_FOR_MS = 1_200;
/** Forty pages take seconds: who comes back after a while sees the list of then, and that of now with the next poll. */
const MOST_AGE_MS = 600_000;

type ListedPipeline = ImagePipeline & { arn: string };

/** Every pipeline of the target as AWS lists it. A long list is asked for less often: see `Config.listCallsPerMinute`. */
export function allPipelines(ctx: UseCaseContext): Promise<ListedPipeline[]> {
  const perPage = 60_000 / pipelineListCallsPerMinute(ctx.settings.listCallsPerMinute);
  return ctx.aws.share(
    "all-pipelines",
    (pipelines) => Math.max(LEAST_FRESH_FOR_MS, Math.ceil(pipelines.length / PAGE_SIZE) * perPage),
    () => listPages(ctx),
    MOST_AGE_MS,
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
