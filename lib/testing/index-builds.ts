import { HISTORY_SYNC } from "@/lib/auth/history-sync";
import { readIndex } from "@/lib/history/read-index";
import { refreshRollups } from "@/lib/history/sync/refresh-rollups";
import { TargetSync } from "@/lib/history/sync/target-sync";
import type { TestConsole } from "./test-console";

/** Has the history's sync walk through AWS's lists once, without what is in each build. */
export async function indexBuilds(testConsole: TestConsole): Promise<void> {
  const ctx = testConsole.contextOf(...HISTORY_SYNC.grants);
  const database = await ctx.database();
  const sync = new TargetSync(ctx, database, { ratePerSecond: 100, timeZone: "UTC" });
  while (!(await readIndex(ctx)).isListed) await sync.step();
  while (await refreshRollups(database.orm, ctx.target.id));
}
