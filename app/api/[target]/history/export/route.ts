import { exportHistoryBuilds } from "@/lib/history/export-history-builds";
import { fileRoute } from "@/lib/http/file-route";

export const GET = fileRoute<{ target: string }>(async (ctx, { target }, { query }) => {
  const format = query.get("format") === "json" ? "json" : "csv";
  return {
    name: `builds-${target}.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
    parts: await exportHistoryBuilds({ ctx, input: { ...Object.fromEntries(query), format } }),
  };
});
