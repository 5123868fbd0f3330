import "server-only";
import type { Orm } from "@/lib/db/database";
import { ConsoleFailure } from "@/lib/image-builder/action-result";
import type { UseCaseContext } from "@/lib/image-builder/use-case-context";
import type { historyQuestionSchema } from "./schemas";
import { HistoryScope, rangeOf } from "./statistics/history-scope";
import type { HistoryRange } from "./types";

/** What every answer is worked out from: the database, the rows that the actor may see, the days asked about. */
export async function openQuestion(
  ctx: UseCaseContext,
  question: ReturnType<typeof historyQuestionSchema.parse>,
): Promise<{ orm: Orm; scope: HistoryScope; range: HistoryRange }> {
  const { orm } = await openDatabase(ctx);
  return { orm, scope: HistoryScope.of(ctx, question), range: rangeOf(question, ctx.clock.now()) };
}

/** The database, or the reason why there is no history to be seen now. */
export async function openDatabase(ctx: UseCaseContext) {
  try {
    return await ctx.database();
  } catch (cause) {
    throw new ConsoleFailure(
      {
        code: "unavailable",
        message: "The console's database does not answer, and the history is kept there. Try again shortly.",
      },
      { cause },
    );
  }
}
