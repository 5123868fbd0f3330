import "server-only";
import { eq, sql } from "drizzle-orm";
import { historySync } from "@/lib/db/history-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type BuildsAsked, historyQuestionSchema } from "./schemas";
import { findIndexedBuilds } from "./statistics/find-indexed-builds";
import { readRows } from "./statistics/history-scope";
import { readLineage } from "./statistics/read-ami-lineage";
import { readEndedBuilds } from "./statistics/read-ended-builds";
import { readGoodImages } from "./statistics/read-good-images";
import {
  readBuildsByArn,
  readHistoryStandings,
  readNewestOf,
  readRunningBuilds,
} from "./statistics/read-newest-builds";
import type {
  AmiBuild,
  EndedBuild,
  EndedQuery,
  FoundBuild,
  HistoryImage,
  HistoryIndex,
  IndexedBuild,
} from "./types";

/** What the index knows of the target, of what the actor may see. Throws `unavailable` while its database is away. */
export async function readIndex(ctx: UseCaseContext): Promise<HistoryIndex> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  const [standings, running, [state]] = await Promise.all([
    readHistoryStandings(orm, scope, ctx.settings.history),
    readRunningBuilds(orm, scope),
    orm.select().from(historySync).where(eq(historySync.targetId, ctx.target.id)),
  ]);
  return {
    standings: standings.map(withoutTarget),
    running: running.map(withoutTarget),
    isListed: Boolean(state?.walkedAt),
    syncedAt: state?.updatedAt.toISOString(),
    mistake: state?.mistake ?? undefined,
  };
}

/** All rows are of the one target that was asked about. */
const withoutTarget = <Row extends { target: string }>({ target: _, ...row }: Row): Omit<Row, "target"> =>
  row;

/** The newest `limit` builds of the index that AWS still has. Throws `unavailable` while its database is away. */
export async function readNewestIndexed(ctx: UseCaseContext, limit: number): Promise<IndexedBuild[]> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  return readNewestOf(orm, scope, limit);
}

/** A page of the builds that are asked for, in this target or in all. Throws `unavailable` while the database is away. */
export async function readFoundBuilds(
  ctx: UseCaseContext,
  { question, limit, arns }: { question: BuildsAsked; limit: number; arns?: string[] },
): Promise<{ builds: FoundBuild[]; total: number; next?: string }> {
  const { targets } = question;
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({ targets }));
  return findIndexedBuilds(orm, scope, { question, limit, ...(arns && { arns }) });
}

/**
 * How many latest successful images this target has, or all of them, and of how many the packages are known. Throws
 * `unavailable` while the database is away.
 */
export async function countPackageLists(
  ctx: UseCaseContext,
  { targets }: Pick<BuildsAsked, "targets">,
): Promise<{ known: number; images: number }> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({ targets }));
  const [counted] = await readRows<{ known: number; images: number }>(
    orm,
    sql`select count(*)::int as images, count(*) filter (where k.packages <> '')::int as known
      from history_pipelines p left join history_packages k on k.build_id = p.last_good_id
      where ${scope.builds("p")} and p.last_good_id is not null`,
  );
  return counted ?? { known: 0, images: 0 };
}

/** The latest successful image of each pipeline and name. Throws `unavailable` while the database is away. */
export async function readImages(ctx: UseCaseContext): Promise<HistoryImage[]> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  return readGoodImages(orm, scope, ctx.settings.history);
}

/** The builds that made AMIs of a Region, by AMI ID. Throws `unavailable` while the database is away. */
export async function readAmiLineage(
  ctx: UseCaseContext,
  region: string,
  amiIds: string[],
): Promise<Map<string, AmiBuild>> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  return readLineage(orm, scope, region, amiIds);
}

/** What the index knows of some builds, by ARN. Throws `unavailable` while its database is away. */
export async function readIndexedBuilds(
  ctx: UseCaseContext,
  arns: string[],
): Promise<Map<string, IndexedBuild>> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  const builds = await readBuildsByArn(orm, scope, arns);
  return new Map(builds.map((build) => [build.arn, build]));
}

/** Builds of the target that have ended, the last end first, and as of when. Throws `unavailable` while the database is away. */
export async function readLatestEnds(
  ctx: UseCaseContext,
  query: EndedQuery,
): Promise<{ builds: EndedBuild[]; syncedAt?: string; mistake?: string }> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  const [builds, [state]] = await Promise.all([
    readEndedBuilds(orm, scope, query),
    orm.select().from(historySync).where(eq(historySync.targetId, ctx.target.id)),
  ]);
  return {
    builds,
    ...(state && { syncedAt: state.updatedAt.toISOString() }),
    ...(state?.mistake && { mistake: state.mistake }),
  };
}
