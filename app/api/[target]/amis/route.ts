import { listAmis } from "@/lib/fleet/amis/list-amis";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/amis", (ctx) => listAmis({ ctx }));
