import { jsonRoute } from "@/lib/http/json-route";
import { getOverview } from "@/lib/overview/get-overview";

export const GET = jsonRoute("/api/[target]/overview", (ctx) => getOverview({ ctx }));
