import { previewMove } from "@/lib/fleet/moves/preview-move";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/move-preview", (ctx, _segments, query) =>
  previewMove({
    ctx,
    input: {
      region: query.get("region") ?? "",
      instanceId: query.get("instance") ?? "",
      to: query.get("to") ?? "",
      instanceType: query.get("type") ?? undefined,
    },
  }),
);
