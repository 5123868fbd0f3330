import { previewRollOut } from "@/lib/fleet/roll-outs/preview-roll-out";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/roll-out-preview", (ctx, _segments, query) =>
  previewRollOut({ ctx, input: { region: query.get("region") ?? "", group: query.get("group") ?? "" } }),
);
