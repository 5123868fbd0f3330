import "server-only";
import {
  type ImagePipeline,
  type ImageSummary,
  ListImagePipelineImagesCommand,
} from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { isInFlight } from "./build-status";
import { recentBuilds } from "./recent-builds";
import { readStartedBuild } from "./started-build";
import { toImageBuildSummary } from "./to-image-build-summary";
import type { ImageBuildSummary } from "./types";

const RUNNING_FRESH_FOR_MS = { least: 2_000, perPipeline: 100, most: 10_000 };
const QUIET_FRESH_FOR_MS = 30_000;
/** Each pipeline is asked in turn, at this rate together, when nothing says that it has news. */
const READS_PER_SECOND = 4;
const LATER_PAGES_FRESH_FOR_MS = 60_000;

type Question = {
  /** How many pipelines are asked about at once: many share the budget. */
  among: number;
  /** Epoch milliseconds: builds before it may be left out. Absent: the newest 25 will do. */
  sinceMs?: number;
};

/**
 * The builds of a pipeline, newest first. AWS says when a pipeline last ran, so a quiet one is asked again only
 * when that moves; one that does not say is asked by the clock.
 */
export async function pipelineBuilds(
  ctx: UseCaseContext,
  { arn, name, dateLastRun }: Pick<ImagePipeline, "name" | "dateLastRun"> & { arn: string },
  { among, sinceMs }: Question,
): Promise<ImageBuildSummary[]> {
  const { least, perPipeline, most } = RUNNING_FRESH_FOR_MS;
  const running = Math.min(most, Math.max(least, among * perPipeline));
  const inTurnMs = (among / READS_PER_SECOND) * 1000;
  const quiet = Math.max(dateLastRun ? QUIET_FRESH_FOR_MS : least, inTurnMs);
  const listed = await collectPages({
    load: async (nextToken) => {
      const command = new ListImagePipelineImagesCommand({
        imagePipelineArn: arn,
        maxResults: 25,
        nextToken,
      });
      const page = await ctx.aws.imageBuilder.read(command, {
        hint: dateLastRun,
        freshForMs: ({ imageSummaryList = [] }) =>
          imageSummaryList.some(({ state }) => isInFlight(state?.status ?? "PENDING"))
            ? running
            : nextToken
              ? Math.max(LATER_PAGES_FRESH_FOR_MS, 2 * inTurnMs)
              : quiet,
      });
      return { items: page.imageSummaryList, next: page.nextToken };
    },
    // AWS promises no order; a page that is seen to be newest first says that all older ones follow.
    enough: (page) => isNewestFirst(page) && (sinceMs === undefined || createdMs(page.at(-1)) < sinceMs),
  });
  const builds = listed.flatMap((image) => toImageBuildSummary(image, name) ?? []);
  return newestFirst([...(await missingFrom(builds, ctx, arn, name)), ...builds]);
}

/** Builds that this console started and AWS's list does not have yet. */
async function missingFrom(
  listed: ImageBuildSummary[],
  ctx: UseCaseContext,
  pipelineArn: string,
  pipelineName: string | undefined,
): Promise<ImageBuildSummary[]> {
  const known = new Set(listed.map(({ arn }) => arn));
  const missing = recentBuilds(ctx.target.id, ctx.clock.now()).filter(
    (build) => build.pipelineArn === pipelineArn && !known.has(build.arn),
  );
  const found = await Promise.all(missing.map((build) => readStartedBuild(ctx, build, pipelineName)));
  return found.filter((build) => build !== undefined);
}

export const newestFirst = (builds: ImageBuildSummary[]): ImageBuildSummary[] =>
  builds.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || Number(b.build) - Number(a.build));

const createdMs = (image: ImageSummary | undefined) => Date.parse(image?.dateCreated ?? "");

const isNewestFirst = (page: ImageSummary[]) =>
  page.length > 1 && createdMs(page[0]) > createdMs(page.at(-1));
