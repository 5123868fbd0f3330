import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database } from "@/lib/db/database";
import { appendAuditRow } from "./audit-chain";
import { type AuditContent, canonicalContent } from "./canonical-content";
import type { AuditBreak } from "./types";

/** Action of the rows that accept breaks. Nothing that the web reaches writes one. */
export const ACCEPT_BREAKS = "accept-audit-breaks";

/** So many in one row stay within the bounds of a row. */
const BREAKS_A_ROW = 200;

const acceptance = z.object({
  accepted: z.array(z.object({ fingerprint: z.string() })),
});

/** Fingerprints of the breaks that a row accepts. */
export function acceptedIn({ after }: Pick<AuditContent, "after">): string[] {
  const read = acceptance.safeParse(after);
  return read.success ? read.data.accepted.map(({ fingerprint }) => fingerprint) : [];
}

/**
 * Puts on record that somebody has looked at these breaks and accepts what is there now, and why. The rows stay as
 * they are; the chain counts as whole, until one of them is changed again.
 */
export async function acceptBreaks(
  database: Pick<Database, "auditOrm">,
  breaks: AuditBreak[],
  { who, why, at }: { who: string; why: string; at: Date },
): Promise<void> {
  for (let from = 0; from < breaks.length; from += BREAKS_A_ROW) {
    const accepted = breaks.slice(from, from + BREAKS_A_ROW);
    const row = canonicalContent({
      id: randomUUID(),
      at,
      actorId: who,
      actorName: who,
      origin: null,
      targetId: null,
      accountId: null,
      region: null,
      action: ACCEPT_BREAKS,
      resource: "audit",
      result: "succeeded",
      reason: why,
      input: null,
      before: null,
      after: { accepted },
      awsRequestId: null,
    });
    await appendAuditRow(database, row);
  }
}
