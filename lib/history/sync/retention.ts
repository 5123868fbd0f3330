import "server-only";
import { and, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Orm } from "@/lib/db/database";
import {
  historyBuilds,
  historyDayDurations,
  historyDayHours,
  historyDays,
  historyStale,
} from "@/lib/db/history-schema";

/** A day before all: what was counted on days that are not kept any more is summed up there. */
export const FORGOTTEN_DAY = "0001-01-01";

/**
 * Drops what began before a day; nothing when no day is given. Counts stay, without their days: a counter of the
 * metrics that went down would be read as one that began anew.
 */
export async function dropOldRows(orm: Orm, targetId: string, oldestDay: string | undefined): Promise<void> {
  if (oldestDay === undefined) return;
  await orm.transaction(async (tx) => {
    const dropped = await tx
      .delete(historyBuilds)
      .where(and(eq(historyBuilds.targetId, targetId), lt(historyBuilds.day, oldestDay)))
      .returning({ pipeline: historyBuilds.pipeline });
    const pipelines = [...new Set(dropped.map(({ pipeline }) => pipeline))];
    if (pipelines.length > 0)
      await tx
        .insert(historyStale)
        .values(pipelines.map((value) => ({ targetId, kind: "pipeline" as const, value })))
        .onConflictDoNothing();
    await tx
      .delete(historyDayHours)
      .where(and(eq(historyDayHours.targetId, targetId), lt(historyDayHours.day, oldestDay)));
    const old = sql`target_id = ${targetId} and day < ${oldestDay} and day > ${FORGOTTEN_DAY}`;
    await sumUp(tx, historyDays, {
      old,
      keys: ["target_id", "pipeline"],
      counts: ["succeeded", "failed", "cancelled"],
      zeros: ["running"],
    });
    await tx
      .delete(historyDayDurations)
      .where(
        and(
          eq(historyDayDurations.targetId, targetId),
          lt(historyDayDurations.day, oldestDay),
          gt(historyDayDurations.day, FORGOTTEN_DAY),
          sql`(${historyDayDurations.kind} <> 'build' or ${historyDayDurations.pipeline} <> '*')`,
        ),
      );
    await sumUp(tx, historyDayDurations, {
      old,
      keys: ["target_id", "pipeline", "kind", "stage", "name"],
      counts: ["histogram", "total_ms"],
      zeros: [],
    });
  });
}

/** Moves the counts of old days to the day before all. */
async function sumUp(
  tx: Orm,
  table: PgTable,
  { old, keys, counts, zeros }: { old: SQL; keys: string[]; counts: string[]; zeros: string[] },
): Promise<void> {
  const names = (columns: string[]) => sql.raw(columns.join(", "));
  await tx.execute(sql`
    with gone as (delete from ${table} where ${old} returning *)
    insert into ${table} as kept (day, ${names([...keys, ...counts, ...zeros])})
    select ${FORGOTTEN_DAY}::date, ${names([...keys, ...counts.map((column) => `sum(${column})`), ...zeros.map(() => "0")])}
    from gone group by ${names(keys)}
    on conflict (${names([...keys, "day"])}) do update
      set ${names(counts.map((column) => `${column} = kept.${column} + excluded.${column}`))}`);
}
