import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import type { Orm } from "@/lib/db/database";
import type { UseCaseContext } from "@/lib/image-builder/use-case-context";
import { processConfig } from "@/lib/process-config";
import { addDays, countDays, dayAt } from "../calendar-day";
import { type historyQuestionSchema, MOST_DAYS } from "../schemas";
import type { HistoryRange } from "../types";

type Question = ReturnType<typeof historyQuestionSchema.parse>;
type Part = { targetId: string; prefixes?: string[] };

/** Which rows a question is about: never one that the actor may not see. */
export class HistoryScope {
  private constructor(
    private readonly parts: Part[],
    private readonly pipeline: string | undefined,
  ) {}

  static of({ actor, target, targets }: UseCaseContext, question: Question): HistoryScope {
    const wanted = question.targets === "all" ? targets : [target];
    const { pipeline } = question;
    const parts = wanted.flatMap(({ id }): Part[] => {
      const grants = actor.grants.filter((grant) => grant.target === "*" || grant.target === id);
      if (grants.length === 0) return [];
      if (pipeline !== undefined)
        return permits(actor, "get-pipeline", id, pipeline) ? [{ targetId: id }] : [];
      return grants.some(({ namePrefix = "" }) => namePrefix === "")
        ? [{ targetId: id }]
        : [{ targetId: id, prefixes: grants.map(({ namePrefix = "" }) => namePrefix) }];
    });
    return new HistoryScope(parts, pipeline);
  }

  /** Condition on rows of builds: `alias` has target_id and pipeline. */
  builds(alias: string): SQL {
    const column = (name: string) => sql.raw(`${alias}.${name}`);
    if (this.parts.length === 0) return sql`false`;
    const conditions = this.parts.map(({ targetId, prefixes }) => {
      const ofTarget = sql`${column("target_id")} = ${targetId}`;
      if (this.pipeline !== undefined) return sql`${ofTarget} and ${column("pipeline")} = ${this.pipeline}`;
      return prefixes ? sql`${ofTarget} and (${startsWithOne(column("pipeline"), prefixes)})` : ofTarget;
    });
    return anyOf(conditions);
  }

  /** Condition on rows of daily rollups, where the pipeline `*` sums up a whole target. */
  rollups(alias: string): SQL {
    const column = (name: string) => sql.raw(`${alias}.${name}`);
    if (this.parts.length === 0) return sql`false`;
    const conditions = this.parts.map(({ targetId, prefixes }) => {
      const ofTarget = sql`${column("target_id")} = ${targetId}`;
      if (this.pipeline !== undefined) return sql`${ofTarget} and ${column("pipeline")} = ${this.pipeline}`;
      return prefixes
        ? sql`${ofTarget} and ${column("pipeline")} <> '*' and (${startsWithOne(column("pipeline"), prefixes)})`
        : sql`${ofTarget} and ${column("pipeline")} = '*'`;
    });
    return anyOf(conditions);
  }
}

const anyOf = (conditions: SQL[]) => sql`(${sql.join(conditions, sql` or `)})`;
const startsWithOne = (column: SQL, prefixes: string[]) =>
  sql.join(
    prefixes.map((prefix) => sql`starts_with(${column}, ${prefix})`),
    sql` or `,
  );

/** The days that a question is about, in the console's time zone. */
export function rangeOf({ from, to, days }: Question, nowMs: number): HistoryRange {
  const { timeZone } = processConfig().history;
  const last = to ?? dayAt(timeZone, nowMs);
  const earliest = addDays(last, 1 - MOST_DAYS);
  const asked = from ?? addDays(last, 1 - days);
  const isTooEarly = asked < earliest;
  const first = isTooEarly ? earliest : asked;
  const count = Math.max(1, countDays(first, last));
  return {
    from: first,
    to: last,
    days: count,
    beforeFrom: addDays(first, -count),
    beforeTo: addDays(first, -1),
    timeZone,
  };
}

/** `column` within the range. */
export const within = (column: SQL, { from, to }: { from: string; to: string }) =>
  sql`${column} between ${from} and ${to}`;

/** `column` within the range or the one before it. */
export const withinBoth = (column: SQL, { beforeFrom, to }: HistoryRange) =>
  sql`${column} between ${beforeFrom} and ${to}`;

/** An instant as ISO 8601 in UTC, the same from both engines. */
export const iso = (column: SQL) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function readRows<Row>(orm: Orm, query: SQL): Promise<Row[]> {
  const { rows } = (await orm.execute(query)) as unknown as { rows: Row[] };
  return rows;
}

/** Empty columns are absent members. */
export const withoutNulls = <Row extends object>(row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;
