import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyStale, historySync } from "@/lib/db/history-schema";
import { rollUpDays } from "./refresh-rollups";

export type SyncState = typeof historySync.$inferSelect;
export type Walk = NonNullable<SyncState["walk"]>;

/** How far a target's sync has come; a new one begins. Days are counted again when the time zone is another one. */
export async function loadSyncState(
  orm: Orm,
  targetId: string,
  { timeZone, now }: { timeZone: string; now: Date },
): Promise<SyncState> {
  await orm.insert(historySync).values({ targetId, timeZone, updatedAt: now }).onConflictDoNothing();
  const [state] = await orm.select().from(historySync).where(eq(historySync.targetId, targetId));
  if (!state) throw new Error(`No sync state of ${targetId}`);
  if (state.timeZone === timeZone) return state;
  await orm.transaction(async (tx) => {
    await tx
      .update(historyBuilds)
      .set({ day: sql`(${historyBuilds.createdAt} at time zone ${timeZone})::date` })
      .where(eq(historyBuilds.targetId, targetId));
    await rollUpDays(tx, targetId);
    await tx.execute(sql`
      insert into ${historyStale} (target_id, kind, value)
      select ${targetId}, 'build', id::text from ${historyBuilds} where target_id = ${targetId}
      on conflict do nothing`);
    await tx.update(historySync).set({ timeZone }).where(eq(historySync.targetId, targetId));
  });
  return { ...state, timeZone };
}

/** Changes part of the state, in the caller's transaction where the rows it is about are written. */
export async function saveSyncState(
  tx: Orm,
  targetId: string,
  change: Partial<SyncState>,
  now: Date,
): Promise<void> {
  await tx
    .update(historySync)
    .set({ ...change, updatedAt: now })
    .where(eq(historySync.targetId, targetId));
}
