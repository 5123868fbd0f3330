import { checkAlarms } from "@/lib/fleet/roll-outs/check-alarms";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/alarm-states", (ctx, _segments, query) =>
  checkAlarms({ ctx, input: { region: query.get("region") ?? "", names: query.getAll("name") } }),
);
