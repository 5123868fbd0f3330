import { jsonRoute } from "@/lib/http/json-route";
import { listNotifications } from "@/lib/notifications/list-notifications";

export const GET = jsonRoute((ctx) => listNotifications({ ctx }));
