import { answerQuestion, showOf } from "@/lib/history/answer-question";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; show: string }>(
  "/api/[target]/history/[show]",
  (ctx, { show }, query) =>
    answerQuestion({ ctx, input: { show: showOf(show), state: Object.fromEntries(query) } }),
);
