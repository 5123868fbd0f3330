import { jsonRoute } from "@/lib/http/json-route";
import { getSettings } from "@/lib/settings/get-settings";

export const GET = jsonRoute("/api/[target]/settings", (ctx) => getSettings({ ctx }));
