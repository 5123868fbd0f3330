import { jsonRoute } from "@/lib/http/json-route";
import { getOverview } from "@/lib/image-builder/overview/get-overview";

export const GET = jsonRoute((ctx) => getOverview({ ctx }));
