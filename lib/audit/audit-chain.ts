import "server-only";
import { createHash } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import type { Database, Orm } from "@/lib/db/database";
import { refusedDataCode, sqlStateOf } from "@/lib/db/database-trouble";
import { auditRows } from "@/lib/db/schema";
import { type AuditContent, safeContent } from "./canonical-content";

/** Hash before the first row. */
export const CHAIN_START = "0".repeat(64);

/** What rows are hashed in today; older rows keep theirs. */
const FORM = 2;

/** Any number, but the same in every replica: whoever holds it appends. */
const APPEND_LOCK = 4_600_003;
const UNIQUE_VIOLATION = "23505";
const MOST_TRIES = 5;

type HashedRow = Omit<typeof auditRows.$inferSelect, "hash">;

/**
 * Appends under an advisory lock, so that replicas build one chain, and maintenance of the table (VACUUM, ANALYZE,
 * an index) stops nobody. A row that is there already stays the only one: an answer may be lost after the row was
 * stored. What the database refuses as data is stored in a form that it takes, with a note. Throws while the database
 * is away, or while somebody else keeps the audit locked for longer than its connection waits.
 */
export async function appendAuditRow(
  { auditOrm }: Pick<Database, "auditOrm">,
  content: AuditContent,
): Promise<void> {
  try {
    await append(auditOrm, content);
  } catch (error) {
    const code = refusedDataCode(error);
    if (!code) throw error;
    await append(auditOrm, safeContent(content, code));
  }
}

/** Throws while nothing can be appended: the database is away, or the table is locked against it. */
export async function checkAppendable({ auditOrm }: Pick<Database, "auditOrm">): Promise<void> {
  await auditOrm.transaction((tx) => tx.execute(sql`lock table ${auditRows} in row exclusive mode`));
}

async function append(orm: Orm, content: AuditContent): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await appendOnce(orm, content);
    } catch (error) {
      // A replica of an older version appends under another lock and may be a moment faster.
      if (tries === MOST_TRIES || sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
    }
  }
}

async function appendOnce(orm: Orm, content: AuditContent): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(APPEND_LOCK))})`);
    const [stored] = await tx
      .select({ id: auditRows.id })
      .from(auditRows)
      .where(eq(auditRows.id, content.id));
    if (stored) return;
    const [last] = await tx
      .select({ sequence: auditRows.sequence, hash: auditRows.hash })
      .from(auditRows)
      .orderBy(desc(auditRows.sequence))
      .limit(1);
    const row = {
      ...content,
      sequence: (last?.sequence ?? 0) + 1,
      previousHash: last?.hash ?? CHAIN_START,
      form: FORM,
    };
    const hash = hashOf(row);
    const [kept] = await tx
      .insert(auditRows)
      .values({ ...row, hash })
      .returning();
    // The hash is that of what is stored, whatever a database makes of what it was given.
    const keptHash = kept ? hashOf(kept) : hash;
    if (keptHash !== hash)
      await tx.update(auditRows).set({ hash: keptHash }).where(eq(auditRows.id, content.id));
  });
}

/**
 * What a row's hash must be: SHA-256 of the row as the database returns it, without the hash itself. Members are
 * sorted at every depth, because jsonb does not keep their order. Form 1 writes objects as lists of pairs and knows
 * no form; form 2 writes them as JSON.
 */
export function hashOf({ form, ...row }: HashedRow & { hash?: string }): string {
  const { hash: _, ...content } = row;
  const text = JSON.stringify(form === 1 ? asPairs(content) : asSorted({ ...content, form }));
  return createHash("sha256").update(text).digest("hex");
}

function asSorted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asSorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(sortedEntries(value).map(([name, member]) => [name, asSorted(member)]));
}

function asPairs(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asPairs);
  if (typeof value !== "object" || value === null) return value;
  return sortedEntries(value).map(([name, member]) => [name, asPairs(member)]);
}

const sortedEntries = (value: object): [string, unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
