import type { ResourceKind } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { getResource } from "@/lib/image-builder/resources/get-resource";

export const GET = jsonRoute(
  "/api/[target]/resources/[kind]/[name]",
  (ctx, { kind, name }: { target: string; kind: string; name: string }, query) =>
    getResource({
      ctx,
      input: {
        kind: kind as ResourceKind,
        name,
        version: query.get("version") ?? undefined,
        owner: query.get("owner") ?? undefined,
      },
    }),
);
