import "server-only";
import { sql } from "drizzle-orm";
import type { HistoryBuild } from "../types";
import { iso, withoutNulls } from "./history-scope";

/** The columns of a build `b` as `HistoryBuild` has them. */
export const BUILD_COLUMNS = sql`
  b.id::text as id, b.target_id as target, b.name, b.version, b.build, nullif(b.pipeline, '') as pipeline, b.result, b.status, b.reason,
  ${iso(sql`b.created_at`)} as "createdAt", b.day::text as day, b.duration_ms::float8 as "durationMs", b.build_type as "buildType", b.started_by as "startedBy",
  b.failed_stage as "failedStage", b.failed_step as "failedStep", b.failed_component as "failedComponent",
  b.rule, b.rule_title as "ruleTitle", b.is_first_failure as "isFirstFailure", b.gone_at is not null as "isGone"`;

export type BuildColumns = HistoryBuild & { id: string };

export function toHistoryBuild({ id: _, ...row }: BuildColumns): HistoryBuild {
  return withoutNulls(row);
}
