import { searchBuildLogs } from "@/lib/build-log/search-build-logs";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string }>("/api/[target]/log-search", (ctx, _, query) =>
  searchBuildLogs({
    ctx,
    input: { text: query.get("text") ?? "", days: query.get("days") ?? undefined },
  }),
);
