import { jsonRoute } from "@/lib/http/json-route";
import { listNotifications } from "@/lib/notifications/list-notifications";

export const GET = jsonRoute("/api/[target]/notifications", (ctx) => listNotifications({ ctx }));
