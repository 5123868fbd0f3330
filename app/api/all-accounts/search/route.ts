import { allAccountsRoute } from "@/lib/http/json-route";
import { searchAllAccounts } from "@/lib/overview/all-accounts/search-all-accounts";

export const GET = allAccountsRoute("/api/all-accounts/search", (ctx, query) =>
  searchAllAccounts({ ctx, input: { text: query.get("text") ?? "" } }),
);
