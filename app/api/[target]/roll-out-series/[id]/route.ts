import { getRollOutSeries } from "@/lib/fleet/series/get-roll-out-series";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; id: string }>(
  "/api/[target]/roll-out-series/[id]",
  (ctx, { id }) => getRollOutSeries({ ctx, input: { id } }),
);
