import { listHistoryPipelines } from "@/lib/history/list-history-pipelines";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/history/pipelines", (ctx, _, query) =>
  listHistoryPipelines({ ctx, input: { targets: query.get("targets") ?? undefined } }),
);
