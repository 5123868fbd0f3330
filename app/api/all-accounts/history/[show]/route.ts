import { answerQuestion, showOf } from "@/lib/history/answer-question";
import { allAccountsRoute } from "@/lib/http/json-route";

export const GET = allAccountsRoute<{ show: string }>(
  "/api/all-accounts/history/[show]",
  (ctx, query, { show }) =>
    answerQuestion({
      ctx,
      input: { show: showOf(show), state: { ...Object.fromEntries(query), targets: "all" } },
    }),
);
