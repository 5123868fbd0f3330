import { getRollOut } from "@/lib/fleet/roll-outs/get-roll-out";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute<{ target: string; id: string }>("/api/[target]/roll-outs/[id]", (ctx, { id }) =>
  getRollOut({ ctx, input: { id } }),
);
