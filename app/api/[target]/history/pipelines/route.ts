import { listHistoryPipelines } from "@/lib/history/list-history-pipelines";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute((ctx, _, query) =>
  listHistoryPipelines({ ctx, input: { targets: query.get("targets") ?? undefined } }),
);
