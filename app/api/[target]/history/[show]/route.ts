import { answerQuestion, showOf } from "@/lib/history/answer-question";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; show: string }>((ctx, { show }, query) =>
  answerQuestion(ctx, showOf(show), Object.fromEntries(query)),
);
