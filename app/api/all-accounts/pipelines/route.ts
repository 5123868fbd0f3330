import { allAccountsRoute } from "@/lib/http/json-route";
import { listAllPipelines } from "@/lib/overview/all-accounts/list-all-pipelines";

export const GET = allAccountsRoute("/api/all-accounts/pipelines", (ctx) => listAllPipelines({ ctx }));
