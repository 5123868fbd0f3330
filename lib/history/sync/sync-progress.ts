import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historySync } from "@/lib/db/history-schema";
import type { SyncProgress } from "../types";

/** Before the first builds have been read: the build, its workflows and their steps. */
const USUAL_CALLS = 5;

/** How far the sync of a target is, from its rows: whichever process does it. */
export async function readSyncProgress(
  orm: Orm,
  targetId: string,
  { ratePerSecond }: { ratePerSecond: number },
): Promise<SyncProgress> {
  const [[state], [counted], [left]] = await Promise.all([
    orm.select().from(historySync).where(eq(historySync.targetId, targetId)),
    orm
      .select({ builds: sql<number>`count(*)::int` })
      .from(historyBuilds)
      .where(eq(historyBuilds.targetId, targetId)),
    orm
      .select({ pending: sql<number>`count(*)::int` })
      .from(historyBuilds)
      .where(
        and(
          eq(historyBuilds.targetId, targetId),
          isNull(historyBuilds.detailedAt),
          ne(historyBuilds.result, "running"),
        ),
      ),
  ]);
  const builds = counted?.builds ?? 0;
  const pending = left?.pending ?? 0;
  const isListed = Boolean(state?.walkedAt);
  const calls = pending * (state?.callsPerBuild ?? USUAL_CALLS);
  return {
    phase: !state ? "off" : !isListed ? "listing" : state.backfilledAt ? "following" : "reading",
    builds,
    pending,
    // While lists are read, nobody knows how many builds there are.
    secondsLeft: isListed && pending > 0 && ratePerSecond > 0 ? Math.ceil(calls / ratePerSecond) : undefined,
    updatedAt: state?.updatedAt.toISOString(),
    mistake: state?.mistake ?? undefined,
  };
}
