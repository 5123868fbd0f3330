import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { countResults, readStandings } from "./statistics/count-results";
import type { FactoryHealth } from "./types";

/** Is the factory healthy: results by day, beside the range before, and where each pipeline stands. */
export async function getFactoryHealth({ ctx, input }: UseCase<HistoryQuestion>): Promise<FactoryHealth> {
  await authorize(ctx, "get-factory-health");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  const { freshWithinDays } = ctx.settings.history;
  return {
    range,
    ...(await countResults(orm, scope, range)),
    ...(await readStandings(orm, scope, { nowMs: ctx.clock.now(), freshWithinDays })),
  };
}
