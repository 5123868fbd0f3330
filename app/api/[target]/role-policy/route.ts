import type { Role } from "@/lib/core/actor";
import { jsonRoute } from "@/lib/http/json-route";
import { printRolePolicy } from "@/lib/image-builder/aws-permissions/print-role-policy";

export const GET = jsonRoute("/api/[target]/role-policy", (ctx, _segments, query) =>
  printRolePolicy({ ctx, input: { role: (query.get("role") ?? "") as Role } }),
);
