import { allAccountsRoute } from "@/lib/http/json-route";
import { listAllWaitingSteps } from "@/lib/overview/all-accounts/list-all-waiting-steps";

export const GET = allAccountsRoute("/api/all-accounts/approvals", (ctx) => listAllWaitingSteps({ ctx }));
