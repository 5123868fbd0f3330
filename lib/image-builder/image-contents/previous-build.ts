import "server-only";
import { ListImageBuildVersionsCommand } from "@aws-sdk/client-imagebuilder";
import { imageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { DAY_MS } from "@/lib/core/time";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { newestFirst, pipelineBuilds } from "../image-builds/pipeline-builds";
import { toImageBuildSummary } from "../image-builds/to-image-build-summary";
import type { ImageBuild, ImageBuildSummary } from "../image-builds/types";
import { findPipeline } from "../pipelines/find-pipeline";

/** Was good once, also if it has been retired since. */
const GOOD = new Set(["AVAILABLE", "DEPRECATED", "DISABLED"]);
const LOOK_BACK_MS = 90 * DAY_MS;

/** The last successful build before this one: of its pipeline, or of the same image version without one. */
export async function previousBuild(
  ctx: UseCaseContext,
  { pipelineName, createdAt, arn, name, version }: ImageBuild,
): Promise<ImageBuildKey | undefined> {
  const ofPipeline = pipelineName
    ? await buildsOfPipeline(ctx, pipelineName, Date.parse(createdAt) - LOOK_BACK_MS)
    : [];
  const builds = ofPipeline.length > 0 ? ofPipeline : await buildsOfVersion(ctx, name, version);
  const before = newestFirst(builds).find(
    (each) => GOOD.has(each.status) && each.arn !== arn && each.createdAt < createdAt,
  );
  return before && { name: before.name, version: before.version, build: before.build };
}

async function buildsOfPipeline(
  ctx: UseCaseContext,
  name: string,
  sinceMs: number,
): Promise<ImageBuildSummary[]> {
  try {
    const { pipeline } = await findPipeline(ctx, name);
    return await pipelineBuilds(ctx, pipeline, { among: 1, sinceMs });
  } catch (error) {
    // Builds outlive their pipeline.
    if (error instanceof ConsoleFailure && error.detail.code === "not-found") return [];
    throw error;
  }
}

async function buildsOfVersion(
  { aws, target }: UseCaseContext,
  name: string,
  version: string,
): Promise<ImageBuildSummary[]> {
  const imageVersionArn = imageBuilderArn(target, "image", name, version);
  const command = new ListImageBuildVersionsCommand({ imageVersionArn, maxResults: 25 });
  const { imageSummaryList = [] } = await aws.imageBuilder.read(command, { freshForMs: 5_000 });
  return imageSummaryList.flatMap((image) => toImageBuildSummary(image) ?? []);
}
