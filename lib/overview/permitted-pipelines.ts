import "server-only";
import { permits } from "@/lib/auth/permissions";
import { imageBuilderArn } from "@/lib/core/arn";
import { readIndex } from "@/lib/history/read-index";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { KnownPipelines, ListedPipeline } from "./builds-now";
import { unlessAway } from "./unless-away";

/**
 * Every pipeline of the target that the actor may see, as AWS lists it. Where AWS refuses the list or does not answer,
 * those that the history knows by name, and the reason.
 */
export async function permittedPipelines(ctx: UseCaseContext): Promise<KnownPipelines> {
  const { value, reason } = await unlessFailed(allPipelines(ctx), undefined);
  const pipelines = value ?? (await pipelinesOfHistory(ctx));
  return { pipelines: pipelines.filter(isPermitted(ctx)), ...(reason !== undefined && { reason }) };
}

/** The same for a page that is about the list itself. Throws what AWS answers. */
export const listedPipelines = async (ctx: UseCaseContext): Promise<ListedPipeline[]> =>
  (await allPipelines(ctx)).filter(isPermitted(ctx));

const isPermitted =
  (ctx: UseCaseContext) =>
  ({ name = "" }: ListedPipeline) =>
    permits(ctx.actor, "get-pipeline", ctx.target.id, name);

async function pipelinesOfHistory(ctx: UseCaseContext): Promise<ListedPipeline[]> {
  const { value } = await unlessAway(readIndex(ctx), undefined);
  return (value?.standings ?? []).map(({ pipeline: name }) => ({
    name,
    arn: imageBuilderArn(ctx.target, "image-pipeline", name),
  }));
}
