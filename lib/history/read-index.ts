import "server-only";
import { eq } from "drizzle-orm";
import { historySync } from "@/lib/db/history-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { historyQuestionSchema } from "./schemas";
import {
  readBuildsByArn,
  readHistoryStandings,
  readNewestOf,
  readRunningBuilds,
} from "./statistics/read-newest-builds";
import type { HistoryIndex, IndexedBuild } from "./types";

/** What the index knows of the target, of what the actor may see. Throws `unavailable` while its database is away. */
export async function readIndex(ctx: UseCaseContext): Promise<HistoryIndex> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  const [standings, running, [state]] = await Promise.all([
    readHistoryStandings(orm, scope, ctx.settings.history),
    readRunningBuilds(orm, scope),
    orm.select().from(historySync).where(eq(historySync.targetId, ctx.target.id)),
  ]);
  return {
    standings,
    running,
    isListed: Boolean(state?.walkedAt),
    syncedAt: state?.updatedAt.toISOString(),
    mistake: state?.mistake ?? undefined,
  };
}

/** The newest `limit` builds of the index that AWS still has. Throws `unavailable` while its database is away. */
export async function readNewestIndexed(ctx: UseCaseContext, limit: number): Promise<IndexedBuild[]> {
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({}));
  return readNewestOf(orm, scope, limit);
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
