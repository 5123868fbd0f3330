import { listAmis } from "@/lib/fleet/amis/list-amis";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute((ctx) => listAmis({ ctx }));
