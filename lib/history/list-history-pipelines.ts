import "server-only";
import { z } from "zod";
import { useCase } from "@/lib/use-case/use-case";
import { openQuestion } from "./open-question";
import { historyQuestionSchema } from "./schemas";
import { readPipelineNames } from "./statistics/count-results";

/** Names of the pipelines that ever built something, in this target or in all: what a question can be about. */
export const listHistoryPipelines = useCase(
  "list-history-pipelines",
  z.object({ targets: z.string().optional() }),
  async ({ ctx, input }): Promise<string[]> => {
    const { orm, scope } = await openQuestion(ctx, historyQuestionSchema.parse(input));
    return readPipelineNames(orm, scope);
  },
);
