import { getSyncProgress } from "@/lib/history/get-sync-progress";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/history/progress", (ctx) => getSyncProgress({ ctx }));
