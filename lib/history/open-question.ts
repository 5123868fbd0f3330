import "server-only";
import type { Orm } from "@/lib/db/database";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { historyQuestionSchema } from "./schemas";
import { HistoryScope, rangeOf } from "./statistics/history-scope";
import type { HistoryRange } from "./types";

/** What every answer is worked out from: the database, the rows that the actor may see, the days asked about. */
export async function openQuestion(
  ctx: UseCaseContext,
  question: ReturnType<typeof historyQuestionSchema.parse>,
): Promise<{ orm: Orm; scope: HistoryScope; range: HistoryRange }> {
  const { orm } = await ctx.database();
  const { timeZone } = ctx.settings.history;
  const range = rangeOf(question, { timeZone, nowMs: ctx.clock.now() });
  return { orm, scope: HistoryScope.of(ctx, question), range };
}
