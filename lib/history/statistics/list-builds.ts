import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { historyBuildsSchema } from "../schemas";
import type { HistoryBuilds, HistoryRange } from "../types";
import { type BuildColumns, newestBuilds, toHistoryBuild } from "./build-columns";
import { UNKNOWN_CAUSE } from "./count-failures";
import { type HistoryScope, readRows, within } from "./history-scope";

type Question = ReturnType<typeof historyBuildsSchema.parse>;

/** Counting goes no further: nobody reads on from there. */
const MOST_COUNTED = 10_000;

/** Builds of the range, newest first, a page at a time. */
export async function listBuilds(
  orm: Orm,
  scope: HistoryScope,
  { range, question, limit }: { range: HistoryRange; question: Question; limit: number },
): Promise<Omit<HistoryBuilds, "range">> {
  const marks = marksOf(question);
  const [afterMs, afterId] = question.after?.split("-") ?? [];
  const after =
    afterMs && afterId
      ? sql`(b.created_at, b.id) < (to_timestamp(${afterMs}::float8 / 1000), ${afterId}::bigint)`
      : sql`true`;
  const [rows, [counted]] = [
    await readRows<BuildColumns>(
      orm,
      newestBuilds(scope, { where: sql`${marks} and ${after}`, range, limit: limit + 1 }),
    ),
    await readRows<{ total: number }>(
      orm,
      sql`select count(*)::int as total from (
        select 1 from history_builds b where ${scope.builds("b")} and ${within(sql`b.day`, range)} and ${marks}
        limit ${MOST_COUNTED}
      ) found`,
    ),
  ];
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    builds: page.map(toHistoryBuild),
    total: counted?.total ?? 0,
    next: rows.length > limit && last ? `${Date.parse(last.createdAt)}-${last.id}` : undefined,
  };
}

/** Which mark of a chart the builds are behind. */
function marksOf({ result, rule, component, step, stage, ran, instanceType }: Question): SQL {
  const conditions = [sql`true`];
  const equal = (column: SQL, value: string | undefined) => {
    if (value !== undefined)
      conditions.push(value === UNKNOWN_CAUSE ? sql`${column} is null` : sql`${column} = ${value}`);
  };
  equal(sql`b.result`, result);
  equal(sql`b.rule`, rule);
  equal(sql`b.failed_component`, component);
  equal(sql`b.failed_step`, step);
  equal(sql`b.failed_stage`, stage);
  equal(sql`b.instance_type`, instanceType);
  if (ran !== undefined)
    conditions.push(
      sql`exists (select 1 from history_steps s where s.build_id = b.id and s.kind = 'step' and s.name = ${ran})`,
    );
  return sql.join(conditions, sql` and `);
}
