import { listRollOuts } from "@/lib/fleet/roll-outs/list-roll-outs";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute((ctx) => listRollOuts({ ctx }));
