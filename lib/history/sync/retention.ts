import "server-only";
import { and, eq, lt } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyDayDurations, historyDayHours, historyDays } from "@/lib/db/history-schema";

/** Drops what began before a day; nothing when no day is given. */
export async function dropOldRows(orm: Orm, targetId: string, oldestDay: string | undefined): Promise<void> {
  if (oldestDay === undefined) return;
  await orm.transaction(async (tx) => {
    for (const table of [historyBuilds, historyDays, historyDayDurations, historyDayHours]) {
      await tx.delete(table).where(and(eq(table.targetId, targetId), lt(table.day, oldestDay)));
    }
  });
}
