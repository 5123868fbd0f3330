import "server-only";
import { asc, gt } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { CHAIN_START, hashOf } from "./audit-chain";

const BATCH = 1_000;

export type ChainCheck = {
  /** Rows that were read and found right, from the first on. */
  rows: number;
  /** Sequence of the first row that was changed, taken out or put in. */
  brokenAt?: number;
  /** Hash of the last right row. Rows cut off at the end show only to whoever noted an earlier head down. */
  head: string;
};

/** A head noted down at an earlier check: the row of that number must still have that hash. */
export type NotedHead = { sequence: number; hash: string };

/** Reads the whole audit in order and stops at the first row that is not what was written. */
export async function verifyAuditChain({ orm }: Database, noted?: NotedHead): Promise<ChainCheck> {
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
      const asNoted = noted?.sequence !== row.sequence || noted.hash === hash;
      if (!expected || !asNoted) return { rows, brokenAt: rows + 1, head: previousHash };
      previousHash = hash;
      rows += 1;
    }
    if (batch.length < BATCH) {
      const isCutOff = noted !== undefined && noted.sequence > rows;
      return { rows, ...(isCutOff && { brokenAt: rows + 1 }), head: previousHash };
    }
  }
}
