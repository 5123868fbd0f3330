import "server-only";
import { asc, gt } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { CHAIN_START, hashOf } from "./audit-log";

const BATCH = 1_000;

/** Reads the whole audit and gives the sequence of the first row that was changed, taken out or put in. */
export async function verifyAuditChain({ orm }: Database): Promise<{ rows: number; brokenAt?: number }> {
  let previousHash = CHAIN_START;
  let rows = 0;
  for (;;) {
    const batch = await orm
      .select()
      .from(auditRows)
      .where(gt(auditRows.sequence, rows))
      .orderBy(asc(auditRows.sequence))
      .limit(BATCH);
    for (const { hash, ...row } of batch) {
      const expected = row.sequence === rows + 1 && row.previousHash === previousHash && hashOf(row) === hash;
      if (!expected) return { rows, brokenAt: rows + 1 };
      previousHash = hash;
      rows += 1;
    }
    if (batch.length < BATCH) return { rows };
  }
}
