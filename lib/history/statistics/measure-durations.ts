import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { bucketMs, bucketsOf, type Histogram } from "../duration-buckets";
import type { BuildDurations, HistoryRange, Percentiles } from "../types";
import { type HistoryScope, readRows, within, withinBoth } from "./history-scope";

/** Up to so many days are told day by day. */
const MOST_DAILY = 45;
const MOST_STEPS = 40;

/** How long builds that succeeded took, and each stage and step of all builds. */
export async function measureDurations(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<Omit<BuildDurations, "range">> {
  const period = range.days <= MOST_DAILY ? ("day" as const) : ("week" as const);
  const day = period === "day" ? sql`r.day::text` : sql`date_trunc('week', r.day)::date::text`;
  const sumUp = <Keys>(keys: Record<string, SQL>, kind: string, days: SQL) =>
    readSums<Keys>(orm, keys, sql`${scope.rollups("r")} and r.kind = ${kind} and ${days}`);
  const inRange = within(sql`r.day`, range);
  const isNow = sql`r.day >= ${range.from}`;
  const builds = await sumUp<{ day: string; isNow: boolean }>(
    { day, isNow },
    "build",
    withinBoth(sql`r.day`, range),
  );
  const stages = await sumUp<{ stage: string; day: string }>({ stage: sql`r.stage`, day }, "stage", inRange);
  const steps = await sumUp<{ stage: string; name: string }>(
    { stage: sql`r.stage`, name: sql`r.name` },
    "step",
    inRange,
  );
  const now = builds.filter((row) => row.isNow);
  return {
    build: percentilesOf(now),
    before: percentilesOf(builds.filter((row) => !row.isNow)),
    period,
    series: now.flatMap((row) => pointOf({ day: row.day }, row)),
    stages: inOrder([...new Set(stages.map(({ stage }) => stage))]).flatMap((stage) =>
      pointOf({ stage }, ...stages.filter((row) => row.stage === stage)),
    ),
    stageSeries: stages.flatMap((row) => pointOf({ stage: row.stage, day: row.day }, row)),
    steps: steps
      .flatMap((row) => pointOf({ stage: row.stage, name: row.name, totalMs: row.totalMs }, row))
      .toSorted((a, b) => b.p95Ms - a.p95Ms || a.name.localeCompare(b.name))
      .slice(0, MOST_STEPS),
  };
}

/** How long builds that succeeded took; undefined without any. */
export async function measureBuilds(
  orm: Orm,
  scope: HistoryScope,
  days: { from: string; to: string },
): Promise<Percentiles | undefined> {
  const where = sql`${scope.rollups("r")} and r.kind = 'build' and ${within(sql`r.day`, days)}`;
  return percentilesOf(await readSums(orm, { kind: sql`r.kind` }, where));
}

type Summed = { histogram: Histogram; totalMs: number };

/** Histograms added up for each value of `keys`: columns of the rollup `r` by their names. */
async function readSums<Keys>(orm: Orm, keys: Record<string, SQL>, where: SQL): Promise<(Keys & Summed)[]> {
  const names = Object.keys(keys).map((name) => sql.identifier(name));
  const columns = Object.entries(keys).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`);
  return readRows(
    orm,
    sql`select ${sql.join(columns, sql`, `)}, sum(r.histogram)::text as histogram, sum(r.total_ms)::float8 as "totalMs"
      from history_day_durations r where ${where}
      group by ${sql.join(names, sql`, `)} order by ${sql.join(names, sql`, `)}`,
  );
}

/** Percentiles of all rows together, by the nearest rank. */
function percentilesOf(rows: Summed[]): Percentiles | undefined {
  const buckets = bucketsOf(...rows.map(({ histogram }) => histogram));
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (count === 0) return undefined;
  const at = (share: number) => {
    let upTo = 0;
    const found = buckets.find((bucket) => {
      upTo += bucket.count;
      return upTo >= count * share;
    });
    return bucketMs(found?.bucket ?? 0);
  };
  return { count, p50Ms: at(0.5), p95Ms: at(0.95) };
}

function pointOf<Keys>(keys: Keys, ...rows: Summed[]): (Keys & Percentiles)[] {
  const measured = percentilesOf(rows);
  return measured ? [{ ...keys, ...measured }] : [];
}

const STAGES = ["Create", "Build", "Test", "Distribute", "Integrate"];
const inOrder = (stages: string[]) => stages.toSorted((a, b) => STAGES.indexOf(a) - STAGES.indexOf(b));
