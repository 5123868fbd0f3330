import { getFleet } from "@/lib/fleet/groups/get-fleet";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/fleet", (ctx) => getFleet({ ctx }));
