import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { listDays } from "../calendar-day";
import type { FactoryHealth, HistoryRange, PipelineStanding, ResultCounts, RunCalendar } from "../types";
import { type HistoryScope, iso, readRows, within, withinBoth, withoutNulls } from "./history-scope";

const COUNTS = sql`sum(r.succeeded)::int as succeeded, sum(r.failed)::int as failed,
  sum(r.cancelled)::int as cancelled, sum(r.running)::int as running`;
/** More rows than anybody reads: the toolbar's fields ask about fewer pipelines. */
const MOST_CALENDAR_ROWS = 100;
const MOST_STANDINGS = 200;
const NONE: ResultCounts = { succeeded: 0, failed: 0, cancelled: 0, running: 0 };

/** Results of each day of the range, and their sums in it and in the range before. */
export async function countResults(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<Pick<FactoryHealth, "totals" | "before" | "days">> {
  const rows = await readRows<ResultCounts & { day: string }>(
    orm,
    sql`select r.day::text as day, ${COUNTS} from history_days r
      where ${scope.rollups("r")} and ${withinBoth(sql`r.day`, range)}
      group by r.day order by r.day`,
  );
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const days = listDays(range.from, range.to).map((day) => ({ ...NONE, ...byDay.get(day), day }));
  const before = rows.filter(({ day }) => day < range.from);
  return { days, totals: sumOf(days), before: sumOf(before) };
}

const sumOf = (rows: ResultCounts[]): ResultCounts =>
  rows.reduce(
    (sum, row) => ({
      succeeded: sum.succeeded + row.succeeded,
      failed: sum.failed + row.failed,
      cancelled: sum.cancelled + row.cancelled,
      running: sum.running + row.running,
    }),
    NONE,
  );

/** Days with builds of each pipeline; of many pipelines those with the most failed builds. */
export async function countByPipeline(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<Pick<RunCalendar, "rows" | "pipelines">> {
  const rows = await readRows<RunCalendar["rows"][number] & { pipelines: number }>(
    orm,
    sql`with named as (
        select r.* from history_days r
        where ${scope.builds("r")} and r.pipeline not in ('*', '') and ${within(sql`r.day`, range)}
      ), counted as (
        select target_id, pipeline, count(*) over ()::int as pipelines
        from named group by 1, 2
        order by sum(failed) desc, sum(succeeded + failed + cancelled + running) desc, 1, 2 limit ${MOST_CALENDAR_ROWS}
      )
      select c.target_id as target, c.pipeline, c.pipelines, json_agg(json_build_object('day', n.day::text,
          'succeeded', n.succeeded, 'failed', n.failed, 'cancelled', n.cancelled, 'running', n.running) order by n.day) as days
      from counted c join named n on n.target_id = c.target_id and n.pipeline = c.pipeline
      group by 1, 2, 3 order by 1, 2`,
  );
  return {
    rows: rows.map(({ target, pipeline, days }) => ({ target, pipeline, days })),
    pipelines: rows[0]?.pipelines ?? 0,
  };
}

type StandingRow = Omit<PipelineStanding, "lastBuild" | "streak"> & {
  name: string;
  version: string;
  build: string;
  streakResult: "succeeded" | "failed" | null;
  streakCount: number;
  streakSince: string;
};

/** Where each pipeline stands now, whatever the range: those that fail or are stale first, and how many there are. */
export async function readStandings(
  orm: Orm,
  scope: HistoryScope,
  { nowMs, freshWithinDays }: { nowMs: number; freshWithinDays: number },
): Promise<Pick<FactoryHealth, "pipelines" | "standing">> {
  const now = new Date(nowMs).toISOString();
  const standings = sql`
    select p.*, coalesce(p.fresh_within_days, ${freshWithinDays})::int as wanted_days,
      floor(extract(epoch from ${now}::timestamptz - p.last_good_at) / 86400)::int as age_days
    from history_pipelines p where ${scope.builds("p")}`;
  const isStale = sql`(p.age_days is null or p.age_days >= p.wanted_days)`;
  const [standing] = await readRows<FactoryHealth["standing"]>(
    orm,
    sql`select count(*)::int as pipelines, count(*) filter (where p.streak_result = 'failed')::int as failing,
        count(*) filter (where ${isStale})::int as stale,
        coalesce(max(p.age_days) filter (where ${isStale}), 0)::int as "oldestDays"
      from (${standings}) p`,
  );
  const rows = await readRows<StandingRow>(
    orm,
    sql`select p.target_id as target, p.pipeline, b.name, b.version, b.build,
        ${iso(sql`p.last_build_at`)} as "lastBuildAt", ${iso(sql`p.last_good_at`)} as "lastGoodAt",
        p.streak_result as "streakResult", p.streak_count as "streakCount", ${iso(sql`p.streak_since`)} as "streakSince",
        p.age_days as "ageDays", p.wanted_days as "freshWithinDays", p.is_stale as "isStale"
      from (
        select p.*, ${isStale} as is_stale from (${standings}) p
        order by (p.streak_result = 'failed') desc nulls last, ${isStale} desc, p.last_good_at nulls first,
          p.target_id, p.pipeline
        limit ${MOST_STANDINGS}
      ) p join history_builds b on b.id = p.last_build_id
      order by (p.streak_result = 'failed') desc nulls last, p.is_stale desc, p.last_good_at nulls first,
        p.target_id, p.pipeline`,
  );
  if (!standing) throw new Error("no figures");
  return {
    standing,
    pipelines: rows.map(({ name, version, build, streakResult, streakCount, streakSince, ...row }) => ({
      ...withoutNulls(row),
      lastBuild: { target: row.target, name, version, build },
      streak: streakResult ? { result: streakResult, count: streakCount, since: streakSince } : undefined,
    })),
  };
}

/** The names of all pipelines that ever built something. */
export async function readPipelineNames(orm: Orm, scope: HistoryScope): Promise<string[]> {
  const rows = await readRows<{ pipeline: string }>(
    orm,
    sql`select distinct p.pipeline from history_pipelines p where ${scope.builds("p")} order by 1`,
  );
  return rows.map(({ pipeline }) => pipeline);
}
