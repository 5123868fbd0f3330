import "server-only";
import type { Orm } from "@/lib/db/database";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { HistoryAsked, HistoryBuildsAsked } from "./schemas";
import { HistoryScope, rangeOf } from "./statistics/history-scope";
import type { HistoryRange } from "./types";

/** What an answer is worked out from: rows that the actor may see, on the days asked about. */
export type Asked<Question = HistoryAsked> = {
  orm: Orm;
  scope: HistoryScope;
  range: HistoryRange;
  question: Question;
};

/** Opens the database for a parsed question. Throws `unavailable` while it is away. */
export async function openQuestion<Question extends HistoryAsked | HistoryBuildsAsked>(
  ctx: UseCaseContext,
  question: Question,
): Promise<Asked<Question>> {
  const { orm } = await ctx.database();
  const { timeZone } = ctx.settings.history;
  const range = rangeOf(question, { timeZone, nowMs: ctx.clock.now() });
  return { orm, scope: HistoryScope.of(ctx, question), range, question };
}
