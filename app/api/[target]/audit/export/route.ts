import { exportAuditRows } from "@/lib/audit-trail/export-audit-rows";
import { fileRoute } from "@/lib/http/file-route";

export const GET = fileRoute<{ target: string }>(async (ctx, { target }, { query }) => {
  const format = query.get("format") === "csv" ? "csv" : "jsonl";
  return {
    name: `audit-${target}.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
    parts: await exportAuditRows({ ctx, input: { ...Object.fromEntries(query), format } }),
  };
});
