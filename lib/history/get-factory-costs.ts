import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { countKeptImages, sumBuildHours } from "./statistics/sum-costs";
import type { FactoryCosts } from "./types";

/** What it costs: build hours by instance type and the images that are kept. Estimates from what was asked for, not from a bill. */
export async function getFactoryCosts({ ctx, input }: UseCase<HistoryQuestion>): Promise<FactoryCosts> {
  await authorize(ctx, "get-factory-costs");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  return {
    range,
    hours: await sumBuildHours(orm, scope, range),
    ...(await countKeptImages(orm, scope)),
  };
}
