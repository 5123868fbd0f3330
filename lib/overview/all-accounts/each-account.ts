import "server-only";
import { permits, sightOf } from "@/lib/auth/permissions";
import { orAfter } from "@/lib/core/clock";
import type { Target } from "@/lib/core/target";
import { readAllIndexes } from "@/lib/history/read-all-targets";
import type { HistoryIndex } from "@/lib/history/types";
import { toConsoleError } from "@/lib/use-case/console-error";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { staleDays } from "../attention";
import { indexState } from "../index-state";
import type { AccountStanding, Freshness, UnreadAccount } from "../types";

/** The caller's context in each target where they may do `action`: permission first, target by target. */
const contextsOfAll = (
  ctx: UseCaseContext,
  action: Parameters<typeof permits>[1] = "list-targets",
): UseCaseContext[] =>
  ctx.targets.filter(({ id }) => permits(ctx.actor, action, id)).map(({ id }) => ctx.inTarget(id));

/** An account whose AWS takes longer is said not to have answered, and does not hold up the others. */
const PATIENCE_MS = 4_000;

/**
 * What each account's AWS answers, of those where the caller may do `action`. One that fails or does not answer costs
 * its own part, and is among `unread` with the reason.
 */
export async function askEachAccount<Answer>(
  ctx: UseCaseContext,
  action: Parameters<typeof permits>[1],
  ask: (own: UseCaseContext) => Promise<Answer>,
): Promise<{ answers: Answer[]; unread: UnreadAccount[] }> {
  const asked = await Promise.all(
    contextsOfAll(ctx, action).map(async (own) => {
      const { id: target, label } = own.target;
      const without = (reason: string) => ({ unread: { target, label, reason } });
      const answer = ask(own).then(
        (value) => ({ answer: value }),
        (error: unknown) => without(toConsoleError(error).message),
      );
      return orAfter(PATIENCE_MS, answer, () => without("AWS hasn't answered yet."));
    }),
  );
  return {
    answers: asked.flatMap((one) => ("answer" in one ? [one.answer] : [])),
    unread: asked.flatMap((one) => ("unread" in one ? [one.unread] : [])),
  };
}

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
