import "server-only";
import { permits } from "@/lib/auth/permissions";
import { readNewestIndexed } from "@/lib/history/read-index";
import type { IndexedBuild } from "@/lib/history/types";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { buildsNow } from "./builds-now";
import { permittedPipelines } from "./permitted-pipelines";
import { unlessAway } from "./unless-away";

const MAX_BUILDS = 250;

/** The newest builds of a target, newest first, with their pipelines. */
export const listImageBuilds = useCase("list-image-builds", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-image-builds", () => newestBuilds(ctx)),
);

async function newestBuilds(ctx: UseCaseContext): Promise<IndexedBuild[]> {
  const pipelines = await permittedPipelines(ctx);
  const [{ news, running }, indexed] = await Promise.all([
    buildsNow(ctx, pipelines),
    unlessAway(readNewestIndexed(ctx, MAX_BUILDS), []),
  ]);
  const builds = new Map([...indexed.value, ...running, ...news].map((build) => [build.arn, build] as const));
  return [...builds.values()]
    .filter(({ name }) => permits(ctx.actor, "get-image-build", ctx.target.id, name))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || Number(b.build) - Number(a.build))
    .slice(0, MAX_BUILDS);
}
