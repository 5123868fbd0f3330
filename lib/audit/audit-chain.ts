import "server-only";
import { createHash } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";

/** Hash before the first row. */
export const CHAIN_START = "0".repeat(64);

/** A row before it has its place in the chain. */
export type AuditContent = Omit<typeof auditRows.$inferSelect, "sequence" | "hash" | "previousHash">;

/**
 * Appends under a table lock, so that replicas build one chain and no two rows follow the same one. A row that is
 * there already stays the only one: an answer may be lost after the row was stored.
 */
export async function appendAuditRow({ orm }: Pick<Database, "orm">, content: AuditContent): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx.execute(sql`lock table ${auditRows} in share row exclusive mode`);
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
    const sequence = (last?.sequence ?? 0) + 1;
    const previousHash = last?.hash ?? CHAIN_START;
    const hash = hashOf({ ...content, sequence, previousHash });
    await tx.insert(auditRows).values({ ...content, sequence, previousHash, hash });
  });
}

/** What a row's hash must be. Members are sorted at every depth, because jsonb does not keep their order. */
export function hashOf(row: AuditContent & { sequence: number; previousHash: string }): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(row)))
    .digest("hex");
}

function canonical(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, canonical(member)]);
}
