import { jsonRoute } from "@/lib/http/json-route";
import { checkAuditChain } from "@/lib/image-builder/audit-trail/check-audit-chain";

export const GET = jsonRoute((ctx) => checkAuditChain({ ctx }));
