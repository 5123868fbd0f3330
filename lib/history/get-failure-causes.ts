import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { countFailures, readFirstFailures } from "./statistics/count-failures";
import type { FailureCauses } from "./types";

/** Why builds fail: by rule, component, step and stage, and what was not the same when they began to. */
export async function getFailureCauses({ ctx, input }: UseCase<HistoryQuestion>): Promise<FailureCauses> {
  await authorize(ctx, "get-failure-causes");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  return {
    range,
    ...(await countFailures(orm, scope, range)),
    firstFailures: await readFirstFailures(orm, scope, range),
  };
}
