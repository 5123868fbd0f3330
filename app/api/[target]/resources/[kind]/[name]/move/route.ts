import { planVersionMove } from "@/lib/authoring/version-moves/plan-version-move";
import type { MovableKind } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute(
  "/api/[target]/resources/[kind]/[name]/move",
  (ctx, { kind, name }: { target: string; kind: string; name: string }, query) =>
    planVersionMove({
      ctx,
      input: { kind: kind as MovableKind, name, from: query.get("from") ?? "", to: query.get("to") ?? "" },
    }),
);
