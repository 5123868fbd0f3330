import { checkAuditChain } from "@/lib/audit-trail/check-audit-chain";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/audit/chain", (ctx) => checkAuditChain({ ctx }));
