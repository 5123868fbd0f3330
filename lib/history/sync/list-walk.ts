import "server-only";
import {
  type ImageSummary,
  ListImageBuildVersionsCommand,
  ListImagePipelineImagesCommand,
} from "@aws-sdk/client-imagebuilder";
import { ConsoleFailure } from "@/lib/core/failure";
import { toImageBuildSummary } from "@/lib/image-builder/image-builds/to-image-build-summary";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { listedBuild, type NewBuildRow } from "./listed-build";

const PAGE_SIZE = 25;

type Pipeline = { arn: string; name: string };
type Place = { targetId: string; timeZone: string; seenAt: Date };

export type ListedPage = {
  rows: NewBuildRow[];
  next?: string;
  /** AWS promises no order; a page that is seen to be newest first says that all older ones follow. */
  isNewestFirst: boolean;
};

/** The pipelines that a walk goes through, from `fromArn` on when it was interrupted there. */
export async function pipelinesToWalk(ctx: UseCaseContext, fromArn = ""): Promise<Pipeline[]> {
  const pipelines = await allPipelines(ctx);
  return pipelines
    .flatMap(({ arn, name }) => (name && arn >= fromArn ? [{ arn, name }] : []))
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** One page of a pipeline's builds, or of the account's when there is no pipeline: that list has them all, without pipelines. */
export async function readListPage(
  ctx: UseCaseContext,
  { pipeline, token }: { pipeline?: Pipeline; token?: string },
  place: Place,
): Promise<ListedPage> {
  try {
    const { imageSummaryList = [], nextToken } = await sendList(ctx, pipeline, token);
    const rows = imageSummaryList.flatMap((image) => {
      const build = toImageBuildSummary(image, pipeline?.name);
      return (build && listedBuild(build, place)) ?? [];
    });
    return { rows, next: nextToken, isNewestFirst: isNewestFirst(imageSummaryList) };
  } catch (error) {
    const code = error instanceof ConsoleFailure ? error.detail.code : undefined;
    // A pipeline that was deleted meanwhile has no list any more; the account's has its builds.
    if (pipeline && code === "not-found") return { rows: [], isNewestFirst: true };
    // A token does not live for ever: the list is begun again, which costs calls but loses nothing.
    if (token && code === "invalid") return readListPage(ctx, { pipeline }, place);
    throw error;
  }
}

function sendList({ aws }: UseCaseContext, pipeline: Pipeline | undefined, nextToken: string | undefined) {
  const paging = { maxResults: PAGE_SIZE, nextToken };
  return pipeline
    ? aws.imageBuilder.read(new ListImagePipelineImagesCommand({ imagePipelineArn: pipeline.arn, ...paging }))
    : aws.imageBuilder.read(new ListImageBuildVersionsCommand(paging));
}

const isNewestFirst = (page: ImageSummary[]) =>
  page.every(({ dateCreated = "" }, index) => {
    const before = page[index - 1]?.dateCreated;
    return before === undefined || Date.parse(before) >= Date.parse(dateCreated);
  });
