import { allAccountsRoute } from "@/lib/http/json-route";
import { findBuilds } from "@/lib/overview/find-builds";

export const GET = allAccountsRoute("/api/all-accounts/builds", (ctx, query) =>
  // Whatever the address says: the use case parses it.
  findBuilds({ ctx, input: { ...Object.fromEntries(query), targets: "all" } }),
);
