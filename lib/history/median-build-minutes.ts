import "server-only";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { historyQuestionSchema } from "./schemas";
import { HistoryScope, rangeOf } from "./statistics/history-scope";
import { measureBuilds } from "./statistics/measure-durations";

/**
 * What half of the good builds of the last days took at most, in minutes, of those that the actor may see. Undefined
 * while the index has none or its database is away: a page that has more to say is shown without.
 */
export async function medianBuildMinutes(ctx: UseCaseContext, days: number): Promise<number | undefined> {
  const question = historyQuestionSchema.parse({ days });
  try {
    const { orm } = await ctx.database();
    const measured = await measureBuilds(
      orm,
      HistoryScope.of(ctx, question),
      rangeOf(question, { timeZone: ctx.settings.history.timeZone, nowMs: ctx.clock.now() }),
    );
    return measured && Math.round(measured.p50Ms / 60_000);
  } catch {
    return undefined;
  }
}
