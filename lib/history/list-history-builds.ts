import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryBuildsQuestion, historyBuildsSchema } from "./schemas";
import { listBuilds } from "./statistics/list-builds";
import type { HistoryBuilds } from "./types";

const PAGE_SIZE = 50;

/** Builds of a range, newest first, by any mark of a chart. */
export async function listHistoryBuilds({
  ctx,
  input,
}: UseCase<HistoryBuildsQuestion>): Promise<HistoryBuilds> {
  await authorize(ctx, "list-history-builds");
  const { orm, scope, range } = await openQuestion(ctx, historyBuildsSchema.parse(input));
  const question = historyBuildsSchema.parse(input);
  return { range, ...(await listBuilds(orm, scope, { range, question, limit: PAGE_SIZE })) };
}
