import { listHistoryPipelines } from "@/lib/history/list-history-pipelines";
import { allAccountsRoute } from "@/lib/http/json-route";

export const GET = allAccountsRoute("/api/all-accounts/history/pipelines", (ctx) =>
  listHistoryPipelines({ ctx, input: { targets: "all" } }),
);
