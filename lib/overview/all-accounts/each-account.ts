import "server-only";
import type { Target } from "@/lib/core/target";
import { readAllIndexes } from "@/lib/history/read-all-targets";
import type { HistoryIndex } from "@/lib/history/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { staleDays } from "../attention";
import { indexState } from "../index-state";
import type { AccountStanding, Freshness } from "../types";

export type ReadAccount = { target: Target; index: HistoryIndex };

/** What the history knows of each account that the caller may see. */
export async function readEachAccount(ctx: UseCaseContext): Promise<ReadAccount[]> {
  const indexes = await readAllIndexes(ctx);
  return ctx.targets.flatMap((target) => {
    const index = indexes.get(target.id);
    return index ? [{ target, index }] : [];
  });
}

/** Where an account stands; `results` are those of the range that the page is about. */
export function accountStanding(
  { target, index }: ReadAccount,
  nowMs: number,
  { succeeded, failed }: { succeeded: number; failed: number } = { succeeded: 0, failed: 0 },
): AccountStanding {
  const { index: state, behindMinutes } = indexState(index, { nowMs, isAway: false });
  return {
    target: target.id,
    label: target.label,
    accountId: target.accountId,
    region: target.region,
    pipelines: index.standings.length,
    failing: index.standings.filter(({ streak }) => streak?.result === "failed").length,
    stale: index.standings.filter((standing) => staleDays(standing, nowMs) !== undefined).length,
    running: index.running.length,
    succeeded,
    failed,
    index: state,
    ...(behindMinutes !== undefined && { behindMinutes }),
    ...(index.mistake !== undefined && { reason: index.mistake }),
  };
}

const WORST: Freshness["index"][] = ["away", "off", "listing", "behind", "current"];

/** The history behind a page about all accounts: as that of the account that is worst off. */
export const worstIndex = (accounts: AccountStanding[]): Freshness["index"] =>
  WORST.find((state) => accounts.some(({ index }) => index === state)) ?? "current";
