import "server-only";
import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { permits } from "@/lib/auth/permissions";
import { MINUTE_MS } from "@/lib/core/time";
import { readIndex, readIndexedBuilds } from "@/lib/history/read-index";
import { resultOf } from "@/lib/history/sync/listed-build";
import type { HistoryIndex, IndexedBuild } from "@/lib/history/types";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { askPipelines } from "./asked-pipelines";
import { indexState } from "./index-state";
import { lookAtBuild, readNewestBuilds, readStartedBuilds } from "./newest-builds";
import { type PipelineStanding, standingOf } from "./pipeline-standing";
import type { Freshness } from "./types";
import { unlessAway } from "./unless-away";

/** AWS writes down when a pipeline ran before or after its build begins. */
const RUN_SLACK_MS = 120_000;
/** Of builds nobody knows the pipeline of, so many are looked up for one answer. */
const LOOKED_UP_AT_ONCE = 8;

export type ListedPipeline = ImagePipeline & { arn: string };

/** A build of which the index does not know what AWS says. `wasRunning`: it has it as one that runs. */
export type NewBuild = IndexedBuild & { wasRunning: boolean; isIndexed: boolean };

/** `reason`: why AWS's list is missing and these are the history's. */
export type KnownPipelines = { pipelines: ListedPipeline[]; reason?: string };

export type BuildsNow = {
  /** By the pipeline's name; missing for one of which nothing is known yet. */
  standings: Map<string, PipelineStanding>;
  /** Under way now, newest first. */
  running: IndexedBuild[];
  news: NewBuild[];
  freshness: Freshness;
};

const NO_INDEX: HistoryIndex = { standings: [], running: [], isListed: false };

/**
 * What is known of the builds of these pipelines: the history's rows, and over them what AWS says of the newest builds
 * of the account. Pipelines that ran later than the history knows are asked for one by one, as far as the calls for
 * lists last. All that the actor may see.
 */
export const buildsNow = (ctx: UseCaseContext, known: KnownPipelines): Promise<BuildsNow> =>
  sharedAnswer(ctx, "builds-now", () => workOut(ctx, known));

async function workOut(
  ctx: UseCaseContext,
  { pipelines, reason: unlisted }: KnownPipelines,
): Promise<BuildsNow> {
  const nowMs = ctx.clock.now();
  const [index, newest] = await Promise.all([
    unlessAway(readIndex(ctx), NO_INDEX),
    unlessFailed(readNewestBuilds(ctx), undefined),
  ]);
  const indexed = new Map(index.value.standings.map((standing) => [standing.pipeline, standing]));
  const behind = pipelines.filter((pipeline) => isBehind(pipeline, indexed, index.value));
  const asked = await askPipelines(ctx, behind);
  const told = byArn([
    ...[...asked.builds.values()].flat(),
    ...withoutThose(newest.value ?? [], asked.builds),
  ]);
  for (const build of await readStartedBuilds(ctx, pipelines, new Set(told.keys())))
    told.set(build.arn, build);
  const news = await withPipelines(ctx, await newsIn(ctx, told, index.reason === undefined));
  const state = indexState(index.value, { nowMs, isAway: index.reason !== undefined });
  const running = await stillRunning(ctx, index.value.running, { told, isCurrent: state.isCurrent });
  const standings = new Map<string, PipelineStanding>();
  for (const { arn, name = "" } of pipelines) {
    const known = indexed.get(name);
    const own = news.filter(({ pipelineName }) => pipelineName === name);
    if (known || own.length > 0 || asked.builds.has(arn) || index.value.isListed)
      standings.set(name, standingOf(known, own, ctx.settings.history.freshWithinDays));
  }
  return {
    standings,
    running: byDate([...news.filter(({ result }) => result === "running"), ...running]),
    news,
    freshness: {
      asOf: new Date(Math.floor(nowMs / MINUTE_MS) * MINUTE_MS).toISOString(),
      timeZone: ctx.settings.history.timeZone,
      index: state.index,
      ...(state.behindMinutes !== undefined && { behindMinutes: state.behindMinutes }),
      pipelines: pipelines.length,
      ...(unlisted !== undefined && { unlisted }),
      unread: pipelines.filter(({ name = "" }) => !standings.has(name)).length,
      reasons: [
        ...new Set(
          [index.reason, index.value.mistake, newest.reason, asked.reason].flatMap((text) => text ?? []),
        ),
      ],
    },
  };
}

/** Whether AWS says of a pipeline that it ran later than the index knows. */
function isBehind(
  { name = "", dateLastRun }: ListedPipeline,
  indexed: ReadonlyMap<string, { lastBuild: IndexedBuild }>,
  { isListed }: HistoryIndex,
): boolean {
  const known = indexed.get(name);
  if (!known) return !isListed || dateLastRun !== undefined;
  return Date.parse(dateLastRun ?? "") > Date.parse(known.lastBuild.createdAt) + RUN_SLACK_MS;
}

/** What AWS told and the index does not know, or knows otherwise. */
async function newsIn(
  ctx: UseCaseContext,
  told: ReadonlyMap<string, ImageBuildSummary>,
  hasIndex: boolean,
): Promise<NewBuild[]> {
  const arns = [...told.keys()];
  const known = hasIndex ? (await unlessAway(readIndexedBuilds(ctx, arns), new Map())).value : new Map();
  return [...told.values()].flatMap((build): NewBuild[] => {
    if (!permits(ctx.actor, "get-image-build", ctx.target.id, build.name) && !build.pipelineName) return [];
    const before = known.get(build.arn) as IndexedBuild | undefined;
    const result = build.status === "DELETED" && before ? before.result : resultOf(build.status);
    if (before?.result === result) return [];
    const wasRunning = before?.result === "running";
    const pipelineName = build.pipelineName ?? before?.pipelineName;
    return [{ ...before, ...build, pipelineName, result, wasRunning, isIndexed: before !== undefined }];
  });
}

/** The account's list names no pipelines; the builds themselves do. */
async function withPipelines(ctx: UseCaseContext, news: NewBuild[]): Promise<NewBuild[]> {
  const unnamed = news.filter(({ pipelineName }) => !pipelineName).slice(0, LOOKED_UP_AT_ONCE);
  const looked = await Promise.all(unnamed.map(({ arn }) => lookAtBuild(ctx, arn, "pipeline")));
  const names = new Map(
    looked.flatMap((build) => (build && build !== "gone" ? [[build.arn, build.pipelineName] as const] : [])),
  );
  return byDate(news)
    .map((build) => ({ ...build, pipelineName: build.pipelineName ?? names.get(build.arn) }))
    .filter(({ pipelineName, name }) =>
      pipelineName
        ? permits(ctx.actor, "get-pipeline", ctx.target.id, pipelineName)
        : permits(ctx.actor, "get-image-build", ctx.target.id, name),
    );
}

/** Builds that ran when the sync looked last and of which AWS's newest say nothing else; an old row is looked up. */
async function stillRunning(
  ctx: UseCaseContext,
  running: IndexedBuild[],
  { told, isCurrent }: { told: ReadonlyMap<string, ImageBuildSummary>; isCurrent: boolean },
): Promise<IndexedBuild[]> {
  const same = running.flatMap((build) => {
    const now = told.get(build.arn);
    if (!now) return [build];
    return resultOf(now.status) === "running" ? [{ ...build, status: now.status }] : [];
  });
  if (isCurrent) return same;
  const looked = await Promise.all(
    same.map(async (build) => {
      const now = told.has(build.arn) ? undefined : await lookAtBuild(ctx, build.arn, "state");
      if (now === "gone") return undefined;
      return now ? { ...build, status: now.status, result: resultOf(now.status) } : build;
    }),
  );
  return looked.flatMap((build) => (build?.result === "running" ? [build] : []));
}

const byArn = (builds: ImageBuildSummary[]) => new Map(builds.map((build) => [build.arn, build]));

/** Builds without those that a pipeline's own list told of, which names the pipeline. */
function withoutThose(builds: ImageBuildSummary[], asked: ReadonlyMap<string, ImageBuildSummary[]>) {
  const arns = new Set([...asked.values()].flat().map(({ arn }) => arn));
  return builds.filter(({ arn }) => !arns.has(arn));
}

const byDate = <Build extends IndexedBuild>(builds: Build[]): Build[] =>
  builds.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || Number(b.build) - Number(a.build));
