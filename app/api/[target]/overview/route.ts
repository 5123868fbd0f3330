import { jsonRoute } from "@/lib/http/json-route";
import { getOverview } from "@/lib/overview/get-overview";

export const GET = jsonRoute((ctx) => getOverview({ ctx }));
