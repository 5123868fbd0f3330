import { listActivity } from "@/lib/activity/list-activity";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/activity", (ctx, _segments, query) =>
  listActivity({ ctx, input: Object.fromEntries(query) }),
);
