import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { BuildChange, FailureCause, FailureCauses, HistoryRange } from "../types";
import { type BuildColumns, newestBuilds, toHistoryBuild } from "./build-columns";
import { type HistoryScope, readRows, withinBoth, withoutNulls } from "./history-scope";

const MOST_CAUSES = 20;
const MOST_FIRST_FAILURES = 30;
/** What nobody has found out yet is a cause of its own. */
export const UNKNOWN_CAUSE = "unknown";

/** Failed builds of the range by what caused them, most first, beside the range before. */
export async function countFailures(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<Omit<FailureCauses, "range" | "firstFailures">> {
  const [rows] = await readRows<
    Record<"rules" | "components" | "steps" | "stages", FailureCause[]> & {
      failed: number;
      failedBefore: number;
      unexplained: number;
      firstFailed: number;
    }
  >(
    orm,
    sql`with failures as materialized (
        select b.rule, b.rule_title, b.failed_component, b.failed_step, b.failed_stage, b.is_first_failure, b.day >= ${range.from} as is_now
        from history_builds b
        where ${scope.builds("b")} and b.result = 'failed' and ${withinBoth(sql`b.day`, range)}
      )
      select (select count(*)::int from failures where is_now) as failed,
        (select count(*)::int from failures where not is_now) as "failedBefore",
        (select count(*)::int from failures where is_now and rule is null) as unexplained,
        (select count(*)::int from failures where is_now and is_first_failure) as "firstFailed",
        ${causes(sql`rule`, sql`max(rule_title)`)} as rules,
        ${causes(sql`failed_component`)} as components,
        ${causes(sql`failed_step`)} as steps,
        ${causes(sql`failed_stage`)} as stages`,
  );
  if (!rows) throw new Error("no figures");
  return rows;
}

/** A list as JSON: ranked by count, then by name, so that it is the same each time. */
const causes = (column: SQL, title: SQL = sql`null`) => sql`(
  select coalesce(json_agg(json_build_object('key', key, 'title', coalesce(title, key), 'count', count, 'before', before)
    order by count desc, before desc, key), '[]'::json)
  from (
    select coalesce(${column}, ${UNKNOWN_CAUSE}) as key, ${title} as title,
      count(*) filter (where is_now)::int as count, count(*) filter (where not is_now)::int as before
    from failures group by 1
    order by 3 desc, 4 desc, 1 limit ${MOST_CAUSES}
  ) ranked)`;

/** Failures that came right after a good build, newest first, each with what was not the same. */
export async function readFirstFailures(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<FailureCauses["firstFailures"]> {
  const rows = await readRows<BuildColumns>(
    orm,
    newestBuilds(scope, {
      where: sql`b.result = 'failed' and b.is_first_failure`,
      range,
      limit: MOST_FIRST_FAILURES,
    }),
  );
  if (rows.length === 0) return [];
  const changes = await readRows<BuildChange & { id: string }>(
    orm,
    sql`select c.build_id::text as id, c.kind, c.name, c.before, c.after from history_changes c
      where c.build_id in ${rows.map(({ id }) => id)} order by c.kind, c.name`,
  );
  return rows.map((row) => ({
    ...toHistoryBuild(row),
    changes: changes.filter(({ id }) => id === row.id).map(({ id: _, ...change }) => withoutNulls(change)),
  }));
}
