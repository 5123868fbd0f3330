import { jsonRoute } from "@/lib/http/json-route";
import { planVersionMove } from "@/lib/image-builder/version-moves/plan-version-move";

export const GET = jsonRoute((ctx, { kind, name }: { target: string; kind: string; name: string }, query) =>
  planVersionMove({
    ctx,
    input: { kind, name, from: query.get("from") ?? "", to: query.get("to") ?? "" },
  }),
);
