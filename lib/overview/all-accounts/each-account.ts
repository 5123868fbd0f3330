import "server-only";
import { permits, sightOf } from "@/lib/auth/permissions";
import { readIndex } from "@/lib/history/read-index";
import type { HistoryIndex } from "@/lib/history/types";
import { toConsoleError } from "@/lib/use-case/console-error";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { staleDays } from "../attention";
import { indexState } from "../index-state";
import type { AccountStanding, Freshness } from "../types";

/** The caller's context in each target where he may do `action`: permission first, target by target. */
export const contextsOfAll = (
  ctx: UseCaseContext,
  action: Parameters<typeof permits>[1] = "list-targets",
): UseCaseContext[] =>
  ctx.targets.filter(({ id }) => permits(ctx.actor, action, id)).map(({ id }) => ctx.inTarget(id));

export type ReadAccount = {
  ctx: UseCaseContext;
  index: HistoryIndex;
  /** Why nothing of it could be read. */
  reason?: string;
};

const NOTHING: HistoryIndex = { standings: [], running: [], isListed: false };

/** What the history knows of each account. One that cannot be read costs its own rows. */
export const readEachAccount = (ctx: UseCaseContext): Promise<ReadAccount[]> =>
  Promise.all(
    contextsOfAll(ctx).map(async (own): Promise<ReadAccount> => {
      try {
        return { ctx: own, index: await readIndex(own) };
      } catch (error) {
        return { ctx: own, index: NOTHING, reason: toConsoleError(error).message };
      }
    }),
  );

/** Where an account stands; `results` are those of the range that the page is about. */
export function accountStanding(
  { ctx: { target, clock }, index, reason }: ReadAccount,
  results: { succeeded: number; failed: number },
): AccountStanding {
  const nowMs = clock.now();
  const { index: state, behindMinutes } = indexState(index, { nowMs, isAway: reason !== undefined });
  const said = reason ?? index.mistake;
  return {
    target: target.id,
    label: target.label,
    accountId: target.accountId,
    region: target.region,
    pipelines: index.standings.length,
    failing: index.standings.filter(({ streak }) => streak?.result === "failed").length,
    stale: index.standings.filter((standing) => staleDays(standing, nowMs) !== undefined).length,
    running: index.running.length,
    ...{ succeeded: results.succeeded, failed: results.failed },
    index: state,
    ...(behindMinutes !== undefined && { behindMinutes }),
    ...(said !== undefined && { reason: said }),
  };
}

const WORST: Freshness["index"][] = ["away", "off", "listing", "behind", "current"];

/** The history behind a page about all accounts: as that of the account that is worst off. */
export const worstIndex = (accounts: AccountStanding[]): Freshness["index"] =>
  WORST.find((state) => accounts.some(({ index }) => index === state)) ?? "current";

const FRESH_FOR_MS = 2_000;

/** Works an answer out once for all who may see the same of every target and ask within two seconds. */
export const sharedOverAll = <Answer>(
  ctx: UseCaseContext,
  question: string,
  work: () => Promise<Answer>,
): Promise<Answer> =>
  ctx.aws.share(
    `${question} ${JSON.stringify(ctx.targets.map(({ id }) => [id, sightOf(ctx.actor, id)]))}`,
    FRESH_FOR_MS,
    work,
  );
