import "server-only";
import { permits } from "@/lib/auth/permissions";
import { DAY_MS } from "@/lib/core/time";
import { groupBy } from "@/lib/definitions/group-by";
import { readImages } from "@/lib/history/read-index";
import type { HistoryImage } from "@/lib/history/types";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { buildsNow } from "./builds-now";
import { permittedPipelines } from "./permitted-pipelines";
import type { ImageRow, ImageRows } from "./types";
import { unlessAway } from "./unless-away";

/** The images of the account, one row a name, each with its latest successful build. */
export const listImages = useCase("list-images", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-images", () => workOut(ctx)),
);

async function workOut(ctx: UseCaseContext): Promise<ImageRows> {
  const [{ news, freshness }, indexed] = await Promise.all([
    permittedPipelines(ctx).then((pipelines) => buildsNow(ctx, pipelines)),
    unlessAway(readImages(ctx), []),
  ]);
  const { freshWithinDays } = ctx.settings.history;
  const all = [
    ...news
      .filter(({ result, status }) => result === "succeeded" && status !== "DELETED" && status !== "DISABLED")
      .map((build): HistoryImage => ({ ...build, target: ctx.target.id, isGone: false, freshWithinDays })),
    ...indexed.value,
  ].filter(({ name }) => permits(ctx.actor, "get-image-build", ctx.target.id, name));
  return { freshness, images: imageRows(all, ctx.clock.now()) };
}

/** One row a name, of the latest successful builds of an account's pipelines. */
export const imageRows = (builds: HistoryImage[], nowMs: number): ImageRow[] =>
  [...groupBy(builds, ({ name }) => name).values()]
    .flatMap((own) => rowOf(own, nowMs) ?? [])
    .toSorted((a, b) => a.displayName.localeCompare(b.displayName));

/** The newest of the builds of a name stands for it; the strictest of its pipelines says how old it may be. */
function rowOf(builds: HistoryImage[], nowMs: number): ImageRow | undefined {
  const [latest] = builds.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (!latest) return undefined;
  const { name, displayName, version, build, createdAt, status, type, platform, osVersion, amis } = latest;
  const targets = builds
    .filter(({ pipelineName }) => pipelineName)
    .map(({ freshWithinDays }) => freshWithinDays);
  return {
    ...{ name, displayName, version, build, createdAt, status, type, platform, osVersion },
    pipelines: [...new Set(builds.flatMap(({ pipelineName }) => pipelineName ?? []))].toSorted(),
    amis: amis.map(({ region, amiId }) => ({ region, amiId })),
    ageDays: Math.max(0, Math.floor((nowMs - Date.parse(createdAt)) / DAY_MS)),
    freshWithinDays: targets.length > 0 ? Math.min(...targets) : latest.freshWithinDays,
    ...(latest.findings && { findings: latest.findings }),
  };
}
