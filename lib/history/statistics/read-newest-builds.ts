import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import type { HistoryStanding, IndexedBuild } from "../types";
import { type HistoryScope, iso, readRows, withoutNulls } from "./history-scope";

/** A build `b` as JSON, with the members of `IndexedBuild`; containers are not kept. */
export const buildJson = (b: string): SQL => {
  const column = (name: string) => sql.raw(`${b}.${name}`);
  return sql`json_build_object('arn', ${column("arn")}, 'name', ${column("name")}, 'version', ${column("version")},
    'build', ${column("build")}, 'displayName', ${column("display_name")}, 'status', ${column("status")},
    'reason', left(${column("reason")}, 1000), 'createdAt', ${iso(column("created_at"))}, 'buildType', ${column("build_type")},
    'type', ${column("image_type")}, 'platform', ${column("platform")}, 'osVersion', ${column("os_version")},
    'amis', coalesce(${column("amis")}, '[]'::jsonb), 'containers', '[]'::json,
    'pipelineName', nullif(${column("pipeline")}, ''), 'result', ${column("result")}, 'ruleTitle', ${column("rule_title")},
    'failedStage', ${column("failed_stage")}, 'failedStep', ${column("failed_step")},
    'failedComponent', ${column("failed_component")})`;
};

type Row = Omit<HistoryStanding, "streak"> & {
  target: string;
  streakResult: "succeeded" | "failed" | null;
  streakCount: number;
  streakSince: string;
};

/** Where every pipeline stands: one row for each that ever built something. */
export async function readHistoryStandings(
  orm: Orm,
  scope: HistoryScope,
  { freshWithinDays }: { freshWithinDays: number },
): Promise<(HistoryStanding & { target: string })[]> {
  const rows = await readRows<Row>(
    orm,
    sql`select p.target_id as target, p.pipeline, ${buildJson("b")} as "lastBuild", p.streak_result as "streakResult",
        p.streak_count as "streakCount", ${iso(sql`p.streak_since`)} as "streakSince",
        ${iso(sql`p.last_good_at`)} as "lastGoodAt", coalesce(p.fresh_within_days, ${freshWithinDays})::int as "freshWithinDays",
        f.failed as "lastFailed"
      from history_pipelines p join history_builds b on b.id = p.last_build_id
      left join lateral (
        select ${buildJson("f")} as failed from history_builds f
        where p.streak_result = 'failed' and f.target_id = p.target_id and f.pipeline = p.pipeline and f.result = 'failed'
        order by f.created_at desc, f.id desc limit 1
      ) f on true
      where ${scope.builds("p")}`,
  );
  return rows.map(({ streakResult, streakCount, streakSince, lastBuild, lastFailed, ...row }) => ({
    ...withoutNulls(row),
    lastBuild: withoutNulls(lastBuild),
    ...(lastFailed && { lastFailed: withoutNulls(lastFailed) }),
    ...(streakResult && { streak: { result: streakResult, count: streakCount, since: streakSince } }),
  }));
}

/** Builds that were under way when they were looked at last. */
export async function readRunningBuilds(
  orm: Orm,
  scope: HistoryScope,
): Promise<(IndexedBuild & { target: string })[]> {
  const rows = await readRows<{ target: string; build: IndexedBuild }>(
    orm,
    sql`select b.target_id as target, ${buildJson("b")} as build from history_builds b
      where ${scope.builds("b")} and b.result = 'running' order by b.created_at desc, b.id desc`,
  );
  return rows.map(({ target, build }) => ({ ...withoutNulls(build), target }));
}

/** What is known of some builds; those that are not in the index are missing. */
export const readBuildsByArn = (orm: Orm, scope: HistoryScope, arns: string[]): Promise<IndexedBuild[]> =>
  arns.length === 0
    ? Promise.resolve([])
    : readBuildJson(orm, sql`${scope.builds("b")} and b.arn in ${arns}`);

/** The newest builds that AWS still has. */
export const readNewestOf = (orm: Orm, scope: HistoryScope, limit: number): Promise<IndexedBuild[]> =>
  readBuildJson(orm, sql`${scope.builds("b")} and b.gone_at is null`, limit);

async function readBuildJson(orm: Orm, where: SQL, limit?: number): Promise<IndexedBuild[]> {
  const rows = await readRows<{ build: IndexedBuild }>(
    orm,
    sql`select ${buildJson("b")} as build from history_builds b where ${where} order by b.created_at desc, b.id desc ${limit === undefined ? sql`` : sql`limit ${limit}`}`,
  );
  return rows.map(({ build }) => withoutNulls(build));
}
