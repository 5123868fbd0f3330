import "server-only";
import { z } from "zod";
import { type UseCaseFunction, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openQuestion } from "./open-question";
import { QUESTIONS } from "./questions";
import { HISTORY_SHOWS, type HistoryAnswers, type HistoryShow, type HistoryState } from "./types";

const inputSchema = z.object({
  show: z.enum(HISTORY_SHOWS, "The history has no such question."),
  /** The rest of an address; the question's own schema parses it. */
  state: z.record(z.string(), z.unknown()),
});

type Ask = <Show extends HistoryShow>(call: {
  ctx: UseCaseContext;
  input: { show: Show; state: HistoryState };
}) => Promise<HistoryAnswers[Show]>;

/**
 * Answers one question of the table from the history's rows; the answer's type follows from `show`. Throws `ZodError`
 * for what the question's schema refuses.
 */
export const answerQuestion = useCase(
  "answer-question",
  inputSchema,
  async ({ ctx, input: { show, state } }) => {
    const { schema, answer } = QUESTIONS[show];
    const asked = await openQuestion(ctx, schema.parse(state));
    // The row's schema and its answer belong together, which a union of rows cannot say.
    return { range: asked.range, ...(await answer(asked as Parameters<typeof answer>[0], ctx)) };
  },
) as unknown as Ask & Pick<UseCaseFunction<never, never>, "action" | "schema">;

/** The question of an address; the first one for what is none. */
export const showOf = (text: string | undefined): HistoryShow =>
  HISTORY_SHOWS.find((show) => show === text) ?? "health";
