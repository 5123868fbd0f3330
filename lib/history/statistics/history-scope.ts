import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import type { Orm } from "@/lib/db/database";
import { namedSoInSql } from "@/lib/db/names-in-sql";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
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

  get isOnePipeline(): boolean {
    return this.pipeline !== undefined;
  }

  /** Condition on rows of builds: `alias` has target_id and pipeline. */
  builds(alias: string): SQL {
    return this.condition(alias, { whole: sql`true`, some: sql`true` });
  }

  /** Condition on rows of daily rollups, where the pipeline `*` sums up a whole target. */
  rollups(alias: string): SQL {
    const isSum = sql`${column(alias, "pipeline")} = '*'`;
    return this.condition(alias, { whole: isSum, some: sql`not ${isSum}` });
  }

  /** The targets as rows `alias`, for questions that are cheap for each target and dear for all in one. */
  targets(alias: string): SQL {
    const ids = sql.join(
      this.parts.map(({ targetId }) => sql`${targetId}`),
      sql`, `,
    );
    return sql`unnest(array[${ids}]::text[]) as ${sql.raw(alias)}(target_id)`;
  }

  /** `whole`: what rows of targets must fulfil that are seen as a whole; `some`: where it is only some pipelines. */
  private condition(alias: string, { whole, some }: { whole: SQL; some: SQL }): SQL {
    const [target, pipeline] = [column(alias, "target_id"), column(alias, "pipeline")];
    const wholes = this.parts.filter(({ prefixes }) => !prefixes).map(({ targetId }) => targetId);
    const conditions = this.parts.flatMap(({ targetId, prefixes }) =>
      prefixes ? [sql`(${target} = ${targetId} and ${some} and (${startsWithOne(pipeline, prefixes)}))`] : [],
    );
    if (wholes.length > 0) {
      const which = this.pipeline === undefined ? whole : sql`${pipeline} = ${this.pipeline}`;
      conditions.unshift(sql`(${target} in ${wholes} and ${which})`);
    }
    return conditions.length > 0 ? sql`(${sql.join(conditions, sql` or `)})` : sql`false`;
  }
}

const column = (alias: string, name: string) => sql.raw(`${alias}.${name}`);
const startsWithOne = (column: SQL, prefixes: string[]) =>
  sql.join(
    prefixes.map((prefix) => namedSoInSql(column, prefix)),
    sql` or `,
  );

/** The days that a question is about, in a time zone. `nowMs` in epoch milliseconds. */
export function rangeOf(
  { from, to, days }: Question,
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): HistoryRange {
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

/**
 * Instants between which days of the range fall, wherever the console's zone lies: a bound for indexes on
 * `created_at`, beside the condition on the day itself.
 */
export const createdAround = (column: SQL, { from, to }: { from: string; to: string }) =>
  sql`${column} >= ${from}::date - interval '1 day' and ${column} < ${to}::date + interval '2 days'`;

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
