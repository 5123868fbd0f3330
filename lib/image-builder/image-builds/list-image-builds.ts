import "server-only";
import { ListImageBuildVersionsCommand } from "@aws-sdk/client-imagebuilder";
import { permits } from "@/lib/auth/permissions";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { allPipelines } from "../pipelines/all-pipelines";
import { buildsOfPipelines } from "./builds-of-pipelines";
import { newestFirst } from "./pipeline-builds";
import { toImageBuildSummary } from "./to-image-build-summary";
import type { ImageBuildSummary } from "./types";

const MAX_BUILDS = 250;
const FRESH_FOR_MS = 4_000;

/** The newest builds of a target, newest first, with their pipelines. */
export const listImageBuilds = useCase("list-image-builds", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-image-builds", () => newestBuilds(ctx)),
);

async function newestBuilds(ctx: UseCaseContext): Promise<ImageBuildSummary[]> {
  const pipelines = await allPipelines(ctx);
  const [withoutPipeline, ofPipelines] = await Promise.all([
    latestBuilds(ctx),
    buildsOfPipelines(ctx, pipelines),
  ]);
  const all = [...withoutPipeline, ...[...ofPipelines.values()].flat()];
  const builds = new Map(all.map((build) => [build.arn, build]));
  return newestFirst([...builds.values()])
    .filter(({ name }) => permits(ctx.actor, "get-image-build", ctx.target.id, name))
    .slice(0, MAX_BUILDS);
}

/** One page of the account's builds: it has those made without a pipeline, but does not name pipelines. */
async function latestBuilds({ aws }: UseCaseContext): Promise<ImageBuildSummary[]> {
  const command = new ListImageBuildVersionsCommand({ maxResults: 25 });
  const { imageSummaryList = [] } = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
  return imageSummaryList.flatMap((image) => toImageBuildSummary(image) ?? []);
}
