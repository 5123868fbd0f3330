import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { readChanges, readLineage } from "./statistics/read-changes";
import type { FactoryChanges } from "./types";

/** What changed: base images, recipes and components, and what the newest good images are made of. */
export async function getFactoryChanges({ ctx, input }: UseCase<HistoryQuestion>): Promise<FactoryChanges> {
  await authorize(ctx, "get-factory-changes");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  return {
    range,
    changes: await readChanges(orm, scope, range),
    ...(await readLineage(orm, scope)),
  };
}
