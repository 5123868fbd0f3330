import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { measureDurations } from "./statistics/measure-durations";
import type { BuildDurations } from "./types";

/** Where the time goes: builds, stages and steps. */
export async function getBuildDurations({ ctx, input }: UseCase<HistoryQuestion>): Promise<BuildDurations> {
  await authorize(ctx, "get-build-durations");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  return { range, ...(await measureDurations(orm, scope, range)) };
}
