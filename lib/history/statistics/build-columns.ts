import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { HistoryBuild, HistoryRange } from "../types";
import { createdAround, type HistoryScope, iso, within, withoutNulls } from "./history-scope";

/** The columns of a build `b` as `HistoryBuild` has them. */
const BUILD_COLUMNS = sql`
  b.id::text as id, b.target_id as target, b.name, b.version, b.build, nullif(b.pipeline, '') as pipeline, b.result, b.status, b.reason,
  ${iso(sql`b.created_at`)} as "createdAt", b.day::text as day, b.duration_ms::float8 as "durationMs", b.build_type as "buildType", b.started_by as "startedBy",
  b.failed_stage as "failedStage", b.failed_step as "failedStep", b.failed_component as "failedComponent",
  (select json_agg(distinct c.kind) from history_changes c where c.build_id = b.id and c.kind <> 'recipe') as moved,
  b.rule, b.rule_title as "ruleTitle", b.is_first_failure as "isFirstFailure", b.gone_at is not null as "isGone"`;

export type BuildColumns = HistoryBuild & { id: string };

export function toHistoryBuild({ id: _, ...row }: BuildColumns): HistoryBuild {
  return withoutNulls(row);
}

/**
 * The newest builds `b` of the range that fulfil `where`, newest first, as `BuildColumns`. Each target's own are found
 * by its index: one list over all targets would sort every build of the range.
 */
export const newestBuilds = (
  scope: HistoryScope,
  { where, range, limit }: { where: SQL; range: HistoryRange; limit: number },
): SQL => sql`
  select ${BUILD_COLUMNS} from ${scope.targets("t")} cross join lateral (
    select * from history_builds b
    where b.target_id = t.target_id and ${scope.builds("b")} and ${within(sql`b.day`, range)}
      and ${createdAround(sql`b.created_at`, range)} and ${where}
    order by b.created_at desc, b.id desc limit ${limit}
  ) b order by b.created_at desc, b.id desc limit ${limit}`;
