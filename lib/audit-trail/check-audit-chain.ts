import "server-only";
import { verifyAuditChain } from "@/lib/audit/verify-audit-chain";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { AuditChainCheck } from "./types";

/** Whoever must know all of them asks at the shell: `npm run verify-audit`. */
const SHOWN = 50;

/** Reads the whole console's audit, whatever the target: the chain is one. It tells no row's content. */
export const checkAuditChain = useCase(
  "check-audit-chain",
  noInput,
  async ({ ctx }): Promise<AuditChainCheck> => {
    const { breaks, ...check } = await verifyAuditChain(await ctx.database());
    if (!breaks) return check;
    const shown = breaks.slice(0, SHOWN).map(({ fingerprint: _, ...each }) => each);
    return { ...check, breaks: shown, breakCount: breaks.length };
  },
);
