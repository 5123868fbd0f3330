import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { countByPipeline } from "./statistics/count-results";
import type { RunCalendar } from "./types";

/** Each pipeline on each day. */
export async function getRunCalendar({ ctx, input }: UseCase<HistoryQuestion>): Promise<RunCalendar> {
  await authorize(ctx, "get-run-calendar");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  return { range, ...(await countByPipeline(orm, scope, range)) };
}
