import "server-only";
import type { ChainCheck } from "@/lib/audit/types";
import { verifyAuditChain } from "@/lib/audit/verify-audit-chain";
import { processSingleton } from "@/lib/core/process-singleton";
import type { Database } from "@/lib/db/database";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { AuditChainCheck } from "./types";

/** Whoever must know all of them asks at the shell: `npm run verify-audit`. */
const SHOWN = 50;

/** The whole audit is read and hashed: who asks meanwhile, or again at once, gets the same answer. */
const SHARED_FOR_MS = 10_000;

type Sharing = { check: Promise<ChainCheck>; until: number };
const sharing = () => processSingleton("audit-chain", () => new WeakMap<Database, Sharing>());

async function verifyOnce({ database: open, clock }: UseCaseContext): Promise<ChainCheck> {
  const database = await open();
  const shared = sharing().get(database);
  if (shared && shared.until > clock.now()) return shared.check;
  // Without an end while it is under way.
  const begun: Sharing = { check: verifyAuditChain(database), until: Number.POSITIVE_INFINITY };
  sharing().set(database, begun);
  try {
    const check = await begun.check;
    begun.until = clock.now() + SHARED_FOR_MS;
    return check;
  } catch (error) {
    sharing().delete(database);
    throw error;
  }
}

/** Reads the whole console's audit, whatever the target: the chain is one. It tells no row's content. */
export const checkAuditChain = useCase(
  "check-audit-chain",
  noInput,
  async ({ ctx }): Promise<AuditChainCheck> => {
    const { breaks, ...check } = await verifyOnce(ctx);
    if (!breaks) return check;
    const shown = breaks.slice(0, SHOWN).map(({ fingerprint: _, ...each }) => each);
    return { ...check, breaks: shown, breakCount: breaks.length };
  },
);
