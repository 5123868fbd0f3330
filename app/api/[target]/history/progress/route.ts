import { getSyncProgress } from "@/lib/history/get-sync-progress";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute((ctx) => getSyncProgress({ ctx }));
