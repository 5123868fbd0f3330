import "server-only";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { readSyncProgress } from "./sync/sync-progress";
import type { SyncProgress } from "./types";

/** How far the index of the target is. */
export const getSyncProgress = useCase(
  "get-sync-progress",
  noInput,
  async ({ ctx }): Promise<SyncProgress> => {
    const { orm } = await ctx.database();
    return readSyncProgress(orm, ctx.target.id, ctx.settings.history);
  },
);
