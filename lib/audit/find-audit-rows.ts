import "server-only";
import { and, desc, eq, gt, gte, ilike, lt, ne, notInArray, or, type SQL, sql } from "drizzle-orm";
import { DAY_MS } from "@/lib/core/time";
import type { Database } from "@/lib/db/database";
import { containing, namedSoInSql, nameInArnInSql } from "@/lib/db/names-in-sql";
import { auditRows } from "@/lib/db/schema";

export type AuditRow = typeof auditRows.$inferSelect;

/** Actions on record that change nothing: what a person had the console's role read by its name. */
const READS = ["run-preflight"];
const isChange = notInArray(auditRows.action, READS);

export type AuditQuery = {
  /** Rows of this target only; absent: all, also those of no target. */
  targetId?: string;
  /** Only resources whose name begins with one of these, as AWS compares names; absent: any. */
  namePrefixes?: string[];
  who?: string;
  action?: string;
  /** Without what changes nothing and is on record all the same. */
  changesOnly?: boolean;
  result?: AuditRow["result"];
  resource?: string;
  /** From the first moment of a day to the last of another, UTC. */
  from?: string;
  to?: string;
};

/** Rows that match, newest first, at most `limit`, older than the row `before`. */
export async function findAuditRows(
  { orm }: Database,
  query: AuditQuery,
  { before, limit }: { before?: number; limit: number },
): Promise<AuditRow[]> {
  return orm
    .select()
    .from(auditRows)
    .where(and(...conditionsOf(query), before === undefined ? undefined : lt(auditRows.sequence, before)))
    .orderBy(desc(auditRows.sequence))
    .limit(limit);
}

/** How often somebody has done something after an instant, whatever the target. */
export function countDone(
  { orm }: Database,
  { actorId, action, after }: { actorId: string; action: string; after: Date },
): Promise<number> {
  const done = and(
    eq(auditRows.actorId, actorId),
    eq(auditRows.action, action),
    eq(auditRows.result, "succeeded"),
    gt(auditRows.at, after),
  );
  return orm.$count(auditRows, done);
}

/** Whether the console changed something in a target after an instant, or may have: a failed write may be done. */
export async function wasWrittenSince({ orm }: Database, targetId: string, since: Date): Promise<boolean> {
  const [row] = await orm
    .select({ sequence: auditRows.sequence })
    .from(auditRows)
    .where(
      and(
        gt(auditRows.at, since),
        eq(auditRows.targetId, targetId),
        ne(auditRows.result, "refused"),
        isChange,
      ),
    )
    .limit(1);
  return row !== undefined;
}

function conditionsOf(query: AuditQuery): (SQL | undefined)[] {
  const { targetId, namePrefixes, who, action, changesOnly, result, resource, from, to } = query;
  return [
    targetId === undefined ? undefined : eq(auditRows.targetId, targetId),
    namePrefixes && or(sql`false`, ...namePrefixes.map(isNamedSo)),
    who
      ? or(ilike(auditRows.actorId, containing(who)), ilike(auditRows.actorName, containing(who)))
      : undefined,
    action ? eq(auditRows.action, action) : undefined,
    changesOnly ? isChange : undefined,
    result && eq(auditRows.result, result),
    resource ? ilike(auditRows.resource, containing(resource)) : undefined,
    from ? gte(auditRows.at, new Date(from)) : undefined,
    to ? lt(auditRows.at, new Date(Date.parse(to) + DAY_MS)) : undefined,
  ];
}

/** A resource is a name, or an ARN with one. */
const isNamedSo = (prefix: string) => namedSoInSql(nameInArnInSql(sql`${auditRows.resource}`), prefix);
