import { listAllActivity } from "@/lib/activity/list-all-activity";
import { allAccountsRoute } from "@/lib/http/json-route";

export const GET = allAccountsRoute("/api/all-accounts/activity", (ctx, query) =>
  listAllActivity({ ctx, input: Object.fromEntries(query) }),
);
