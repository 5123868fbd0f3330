import { jsonRoute } from "@/lib/http/json-route";
import { getSettings } from "@/lib/settings/get-settings";

export const GET = jsonRoute((ctx) => getSettings({ ctx }));
