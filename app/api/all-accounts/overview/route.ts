import { allAccountsRoute } from "@/lib/http/json-route";
import { getAllOverview } from "@/lib/overview/all-accounts/get-all-overview";

export const GET = allAccountsRoute("/api/all-accounts/overview", (ctx) => getAllOverview({ ctx }));
