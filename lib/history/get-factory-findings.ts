import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/image-builder/use-case-context";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { countFindings, readImagesWithFindings } from "./statistics/count-findings";
import type { FactoryFindings } from "./types";

/** Are we safe: findings over time, and the images that have them. */
export async function getFactoryFindings({ ctx, input }: UseCase<HistoryQuestion>): Promise<FactoryFindings> {
  await authorize(ctx, "get-factory-findings");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  return {
    range,
    days: await countFindings(orm, scope, range),
    images: await readImagesWithFindings(orm, scope),
  };
}
