import { exportHistoryBuilds } from "@/lib/history/export-history-builds";
import { fileRoute } from "@/lib/http/file-route";

export const GET = fileRoute<{ target?: undefined }>(async (ctx, _, { query }) => {
  const format = query.get("format") === "json" ? "json" : "csv";
  return {
    name: `builds-all-accounts.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
    parts: await exportHistoryBuilds({
      ctx,
      input: { ...Object.fromEntries(query), targets: "all", format },
    }),
  };
});
