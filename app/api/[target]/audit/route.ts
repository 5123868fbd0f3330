import { listAuditRows } from "@/lib/audit-trail/list-audit-rows";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/audit", (ctx, _segments, query) =>
  listAuditRows({ ctx, input: Object.fromEntries(query) }),
);
