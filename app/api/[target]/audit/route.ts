import { listAuditRows } from "@/lib/audit-trail/list-audit-rows";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute((ctx, _segments, query) =>
  listAuditRows({ ctx, input: Object.fromEntries(query) }),
);
