import type { ResourceKind } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { planDeletion } from "@/lib/image-builder/resources/plan-deletion";

export const GET = jsonRoute(
  "/api/[target]/resources/[kind]/[name]/deletion",
  (ctx, { kind, name }: { target: string; kind: string; name: string }, query) =>
    planDeletion({
      ctx,
      input: { kind: kind as ResourceKind, name, version: query.get("version") ?? undefined },
    }),
);
