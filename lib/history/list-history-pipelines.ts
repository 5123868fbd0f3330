import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { historyQuestionSchema } from "./schemas";
import { readPipelineNames } from "./statistics/count-results";
import type { HistoryState } from "./types";

/** Names of the pipelines that ever built something, in this target or in all: what a question can be about. */
export async function listHistoryPipelines({
  ctx,
  input: { targets },
}: UseCase<Pick<HistoryState, "targets">>): Promise<string[]> {
  await authorize(ctx, "list-history-pipelines");
  const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse({ targets }));
  return readPipelineNames(orm, scope);
}
