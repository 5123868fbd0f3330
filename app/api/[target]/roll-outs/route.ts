import { listRollOuts } from "@/lib/fleet/roll-outs/list-roll-outs";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/roll-outs", (ctx) => listRollOuts({ ctx }));
