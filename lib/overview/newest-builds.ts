import "server-only";
import { GetImageCommand, ListImageBuildVersionsCommand } from "@aws-sdk/client-imagebuilder";
import { newestFirst } from "@/lib/image-builder/image-builds/pipeline-builds";
import { recentBuilds } from "@/lib/image-builder/image-builds/recent-builds";
import { readStartedBuild } from "@/lib/image-builder/image-builds/started-build";
import { toImageBuildSummary } from "@/lib/image-builder/image-builds/to-image-build-summary";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

const FRESH_FOR_MS = 4_000;
/** Which pipeline built an image does not change. */
const PIPELINE_FRESH_FOR_MS = 600_000;
const LOOKED_AT_FRESH_FOR_MS = 20_000;

type ListedPipeline = { arn: string; name?: string };

/** One page of the account's builds: the newest, and what became of them. It does not name pipelines. */
export async function readNewestBuilds({ aws }: UseCaseContext): Promise<ImageBuildSummary[]> {
  const command = new ListImageBuildVersionsCommand({ maxResults: 25 });
  const { imageSummaryList = [] } = await aws.imageBuilder.read(command, {
    freshForMs: FRESH_FOR_MS,
    forLists: true,
  });
  return newestFirst(imageSummaryList.flatMap((image) => toImageBuildSummary(image) ?? []));
}

/** Builds that this console started and AWS's lists may not have yet. */
export async function readStartedBuilds(
  ctx: UseCaseContext,
  pipelines: ListedPipeline[],
  listed: ReadonlySet<string>,
): Promise<ImageBuildSummary[]> {
  const names = new Map(pipelines.map(({ arn, name }) => [arn, name]));
  const missing = recentBuilds(ctx.target.id, ctx.clock.now()).filter(({ arn }) => !listed.has(arn));
  const found = await Promise.all(
    missing.map((build) => readStartedBuild(ctx, build, names.get(build.pipelineArn))),
  );
  return found.flatMap((build) => build ?? []);
}

/**
 * The build as GetImage has it, with its pipeline: "gone" when AWS has it no more, undefined while the calls for lists
 * do not allow it.
 */
export async function lookAtBuild(
  { aws }: UseCaseContext,
  arn: string,
  what: "pipeline" | "state",
): Promise<ImageBuildSummary | "gone" | undefined> {
  const freshForMs = what === "pipeline" ? PIPELINE_FRESH_FOR_MS : LOOKED_AT_FRESH_FOR_MS;
  const command = new GetImageCommand({ imageBuildVersionArn: arn });
  const { value } = await unlessFailed(
    unlessGone(aws.imageBuilder.read(command, { freshForMs, forLists: true, hint: what }), "gone" as const),
    undefined,
  );
  return value === "gone" ? value : value?.image && toImageBuildSummary(value.image);
}
