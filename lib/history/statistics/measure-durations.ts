import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { bucketMs } from "../duration-buckets";
import type { BuildDurations, HistoryRange, Percentiles } from "../types";
import { type HistoryScope, readRows, within } from "./history-scope";

/** Up to so many days are told day by day. */
const MOST_DAILY = 45;
const MOST_STEPS = 40;

/** How long builds that ended good took, and each stage and step of all builds. */
export async function measureDurations(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<Omit<BuildDurations, "range">> {
  const period = range.days <= MOST_DAILY ? ("day" as const) : ("week" as const);
  const day = period === "day" ? sql`r.day::text` : sql`date_trunc('week', r.day)::date::text`;
  const measure = <Keys>(keys: Record<string, SQL>, kind: string) => {
    const where = sql`${scope.rollups("r")} and r.kind = ${kind} and ${within(sql`r.day`, range)}`;
    return readPercentiles<Keys>(orm, keys, where);
  };
  const stage = sql`r.stage`;
  const before = { from: range.beforeFrom, to: range.beforeTo };
  const build = await measureBuilds(orm, scope, range);
  const earlier = await measureBuilds(orm, scope, before);
  const series = await measure<{ day: string }>({ day }, "build");
  const stages = await measure<{ stage: string }>({ stage }, "stage");
  const stageSeries = await measure<{ stage: string; day: string }>({ stage, day }, "stage");
  const steps = await measure<{ stage: string; name: string }>({ stage, name: sql`r.name` }, "step");
  return {
    build,
    before: earlier,
    period,
    series: series.map((row) => ({ day: row.day, ...percentilesOf(row) })),
    stages: inOrder(stages).map((row) => ({ stage: row.stage, ...percentilesOf(row) })),
    stageSeries: stageSeries.map((row) => ({ stage: row.stage, day: row.day, ...percentilesOf(row) })),
    steps: steps
      .map((row) => ({ stage: row.stage, name: row.name, totalMs: row.totalMs, ...percentilesOf(row) }))
      .toSorted((a, b) => b.p95Ms - a.p95Ms || a.name.localeCompare(b.name))
      .slice(0, MOST_STEPS),
  };
}

/** How long builds that ended good took; undefined without any. */
export async function measureBuilds(
  orm: Orm,
  scope: HistoryScope,
  days: { from: string; to: string },
): Promise<Percentiles | undefined> {
  const [all] = await readPercentiles<{ kind: string }>(
    orm,
    { kind: sql`r.kind` },
    sql`${scope.rollups("r")} and r.kind = 'build' and ${within(sql`r.day`, days)}`,
  );
  return all && percentilesOf(all);
}

type Row<Keys> = Keys & { count: number; totalMs: number; p50: number; p95: number };

/** Percentiles by the nearest rank, for each value of `keys`: columns of the rollup `r` by their names. */
function readPercentiles<Keys>(orm: Orm, keys: Record<string, SQL>, where: SQL): Promise<Row<Keys>[]> {
  const names = sql.raw(Object.keys(keys).join(", "));
  const columns = sql.join(
    Object.entries(keys).map(([name, column]) => sql`${column} as ${sql.raw(name)}`),
    sql`, `,
  );
  return readRows<Row<Keys>>(
    orm,
    sql`with keyed as (
        select ${columns}, r.bucket, r.count as n, r.total_ms as ms from history_day_durations r where ${where}
      ), buckets as (
        select ${names}, bucket, sum(n) as n, sum(ms) as ms from keyed group by ${names}, bucket
      ), ranked as (
        select b.*, sum(n) over (partition by ${names} order by bucket) as upto, sum(n) over (partition by ${names}) as total
        from buckets b
      )
      select ${names}, max(total)::int as count, sum(ms)::float8 as "totalMs",
        min(bucket) filter (where upto >= total * 0.5)::int as p50,
        min(bucket) filter (where upto >= total * 0.95)::int as p95
      from ranked group by ${names} order by ${names}`,
  );
}

const percentilesOf = ({ count, p50, p95 }: { count: number; p50: number; p95: number }): Percentiles => ({
  count,
  p50Ms: bucketMs(p50),
  p95Ms: bucketMs(p95),
});

const STAGES = ["Create", "Build", "Test", "Distribute", "Integrate"];
const inOrder = <Each extends { stage: string }>(rows: Each[]) =>
  rows.toSorted((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage));
