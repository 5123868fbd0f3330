import "server-only";
import { createHash } from "node:crypto";
import { asc, gt } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { ACCEPT_BREAKS, acceptedIn } from "./accept-breaks";
import { CHAIN_START, hashOf } from "./audit-chain";
import type { AuditBreak, ChainCheck, NotedHead } from "./types";

const BATCH = 1_000;

type Row = typeof auditRows.$inferSelect;

/** Reads the whole audit in order, goes on after a row that is not what was written, and names every one. */
export async function verifyAuditChain(
  { orm }: Pick<Database, "orm">,
  noted?: NotedHead,
): Promise<ChainCheck> {
  const breaks: AuditBreak[] = [];
  const accepted = new Set<string>();
  let last: Pick<Row, "sequence" | "hash"> = { sequence: 0, hash: CHAIN_START };
  let rows = 0;
  for (let from = Number.MIN_SAFE_INTEGER; ; ) {
    const batch = await orm
      .select()
      .from(auditRows)
      .where(gt(auditRows.sequence, from))
      .orderBy(asc(auditRows.sequence))
      .limit(BATCH);
    for (const row of batch) {
      const found = breaksAt(row, last, noted);
      breaks.push(...found);
      if (row.action === ACCEPT_BREAKS && found.length === 0)
        for (const fingerprint of acceptedIn(row)) accepted.add(fingerprint);
      if (row.sequence > 0) last = row;
      from = row.sequence;
      rows += 1;
    }
    if (batch.length < BATCH) break;
  }
  if (noted && noted.sequence > last.sequence)
    breaks.push(breakOf("missing", last.sequence + 1, noted.hash, noted.sequence));
  return summarize(breaks, accepted, { rows, last });
}

function breaksAt(
  row: Row,
  last: Pick<Row, "sequence" | "hash">,
  noted: NotedHead | undefined,
): AuditBreak[] {
  const actual = hashOf(row);
  const now = `${row.previousHash} ${actual} ${row.hash}`;
  if (row.sequence < 1) return [breakOf("put-in", row.sequence, now)];
  const found: AuditBreak[] = [];
  const isNext = row.sequence === last.sequence + 1;
  if (!isNext) found.push(breakOf("missing", last.sequence + 1, row.previousHash, row.sequence - 1));
  if (actual !== row.hash) found.push(breakOf("changed", row.sequence, now));
  else if (isNext && row.previousHash !== last.hash)
    found.push(breakOf("unlinked", row.sequence, `${last.hash} ${now}`));
  else if (noted?.sequence === row.sequence && noted.hash !== row.hash)
    found.push(breakOf("not-as-noted", row.sequence, `${noted.hash} ${now}`));
  return found;
}

function breakOf(what: AuditBreak["what"], sequence: number, now: string, to = sequence): AuditBreak {
  const fingerprint = createHash("sha256").update(`${what} ${sequence} ${to} ${now}`).digest("hex");
  return { sequence, ...(to !== sequence && { to }), what, fingerprint };
}

function summarize(
  found: AuditBreak[],
  accepted: Set<string>,
  { rows, last }: { rows: number; last: Pick<Row, "sequence" | "hash"> },
): ChainCheck {
  const breaks = found.filter(({ fingerprint }) => !accepted.has(fingerprint));
  const [first] = breaks;
  const end = breaks.at(-1);
  const wholeFrom = Math.max(0, end?.to ?? end?.sequence ?? 0) + 1;
  const acceptedCount = found.length - breaks.length;
  return {
    rows,
    head: last.hash,
    ...(first && { brokenAt: first.sequence, breaks }),
    ...(first && wholeFrom <= last.sequence && { wholeFrom }),
    ...(acceptedCount > 0 && { accepted: acceptedCount }),
  };
}
