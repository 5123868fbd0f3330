import { getMove } from "@/lib/fleet/moves/get-move";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/move", (ctx, _segments, query) =>
  getMove({
    ctx,
    input: { region: query.get("region") ?? "", instanceId: query.get("instance") ?? "" },
  }),
);
