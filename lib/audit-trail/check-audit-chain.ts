import "server-only";
import { verifyAuditChain } from "@/lib/audit/verify-audit-chain";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase } from "@/lib/use-case/use-case-context";
import type { AuditChainCheck } from "./types";

/** Reads the whole console's audit, whatever the target: the chain is one. It tells no row's content. */
export async function checkAuditChain({ ctx }: UseCase): Promise<AuditChainCheck> {
  await authorize(ctx, "check-audit-chain");
  return verifyAuditChain(await ctx.database());
}
