import { jsonRoute } from "@/lib/http/json-route";
import { listAuditRows } from "@/lib/image-builder/audit-trail/list-audit-rows";

export const GET = jsonRoute((ctx, _segments, query) =>
  listAuditRows({ ctx, input: Object.fromEntries(query) }),
);
