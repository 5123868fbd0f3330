import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { listDays } from "../calendar-day";
import type { FactoryHealth, HistoryRange, PipelineStanding, ResultCounts, RunCalendar } from "../types";
import { type HistoryScope, iso, readRows, within, withinBoth, withoutNulls } from "./history-scope";

const COUNTS = sql`sum(r.succeeded)::int as succeeded, sum(r.failed)::int as failed,
  sum(r.cancelled)::int as cancelled, sum(r.running)::int as running`;
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

/** Each pipeline's days with builds, by pipeline. */
export async function countByPipeline(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<RunCalendar["rows"]> {
  const rows = await readRows<ResultCounts & { target: string; pipeline: string; day: string }>(
    orm,
    sql`select r.target_id as target, r.pipeline, r.day::text as day, r.succeeded, r.failed, r.cancelled, r.running
      from history_days r
      where ${scope.builds("r")} and r.pipeline not in ('*', '') and ${within(sql`r.day`, range)}
      order by r.target_id, r.pipeline, r.day`,
  );
  const calendar = new Map<string, RunCalendar["rows"][number]>();
  for (const { target, pipeline, ...counts } of rows) {
    const key = `${target}/${pipeline}`;
    const row = calendar.get(key) ?? { target, pipeline, days: [] };
    row.days.push(counts);
    calendar.set(key, row);
  }
  return [...calendar.values()];
}

type StandingRow = Omit<PipelineStanding, "lastBuild" | "streak" | "isStale"> & {
  name: string;
  version: string;
  build: string;
  streakResult: "succeeded" | "failed" | null;
  streakCount: number;
  streakSince: string;
};

/** Where each pipeline stands now, whatever the range: those that fail or are stale first. */
export async function readStandings(
  orm: Orm,
  scope: HistoryScope,
  { nowMs, freshWithinDays }: { nowMs: number; freshWithinDays: number },
): Promise<PipelineStanding[]> {
  const now = new Date(nowMs).toISOString();
  const rows = await readRows<StandingRow>(
    orm,
    sql`select p.target_id as target, p.pipeline, b.name, b.version, b.build,
        ${iso(sql`p.last_build_at`)} as "lastBuildAt", ${iso(sql`p.last_good_at`)} as "lastGoodAt",
        p.streak_result as "streakResult", p.streak_count as "streakCount", ${iso(sql`p.streak_since`)} as "streakSince",
        floor(extract(epoch from ${now}::timestamptz - p.last_good_at) / 86400)::int as "ageDays",
        coalesce(p.fresh_within_days, ${freshWithinDays})::int as "freshWithinDays"
      from history_pipelines p join history_builds b on b.id = p.last_build_id
      where ${scope.builds("p")}
      order by (p.streak_result = 'failed') desc nulls last, p.last_good_at nulls first, p.target_id, p.pipeline`,
  );
  return rows.map(({ name, version, build, streakResult, streakCount, streakSince, ...row }) => {
    const standing = withoutNulls(row);
    const { ageDays, freshWithinDays: wanted, target } = standing;
    return {
      ...standing,
      lastBuild: { target, name, version, build },
      streak: streakResult ? { result: streakResult, count: streakCount, since: streakSince } : undefined,
      isStale: ageDays === undefined || ageDays >= wanted,
    };
  });
}
