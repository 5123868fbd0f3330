import { MINUTE_MS } from "@/lib/core/time";
import type { HistoryIndex } from "@/lib/history/types";
import type { Freshness } from "./types";

/** A sync that has not got on for so long is behind. */
const BEHIND_AFTER_MS = 120_000;

/** How far the history of a target is. `isAway`: its database did not answer. */
export function indexState(
  { syncedAt, isListed }: Pick<HistoryIndex, "syncedAt" | "isListed">,
  { nowMs, isAway }: { nowMs: number; isAway: boolean },
): Pick<Freshness, "index" | "behindMinutes"> & { isCurrent: boolean } {
  const syncedMs = Date.parse(syncedAt ?? "");
  const isCurrent = nowMs - syncedMs < BEHIND_AFTER_MS;
  const known = isCurrent ? "current" : "behind";
  return {
    isCurrent,
    index: isAway ? "away" : !syncedAt ? "off" : !isListed ? "listing" : known,
    ...(!isCurrent &&
      !Number.isNaN(syncedMs) && { behindMinutes: Math.round((nowMs - syncedMs) / MINUTE_MS) }),
  };
}
