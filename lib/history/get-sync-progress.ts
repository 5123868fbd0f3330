import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { readSyncProgress } from "./sync/sync-progress";
import type { SyncProgress } from "./types";

/** How far the index of the target is. */
export async function getSyncProgress({ ctx }: UseCase): Promise<SyncProgress> {
  await authorize(ctx, "get-sync-progress");
  const { orm } = await ctx.database();
  return readSyncProgress(orm, ctx.target.id, ctx.settings.history);
}
