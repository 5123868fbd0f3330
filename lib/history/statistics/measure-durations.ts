import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { bucketMs, bucketsOf, type Histogram } from "../duration-buckets";
import type { BuildDurations, HistoryRange, Percentiles } from "../types";
import { type HistoryScope, readRows, within, withinBoth } from "./history-scope";

/** Up to so many days are told day by day. */
const MOST_DAILY = 45;
const MOST_STEPS = 40;
/** More lines in one chart cannot be told apart. */
const MOST_LINES = 6;

/** How long builds that succeeded took, and each stage and step of all builds. */
export async function measureDurations(
  orm: Orm,
  scope: HistoryScope,
  range: HistoryRange,
): Promise<Omit<BuildDurations, "range" | "changes">> {
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
    seriesBefore: builds.filter((row) => !row.isNow).flatMap((row) => pointOf({ day: row.day }, row)),
    pipelines: await readLines(orm, scope, { range, day }),
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

/** The pipelines whose builds took the most time, each with its series; none where one pipeline is asked about. */
async function readLines(
  orm: Orm,
  scope: HistoryScope,
  { range, day }: { range: HistoryRange; day: SQL },
): Promise<BuildDurations["pipelines"]> {
  if (scope.isOnePipeline) return [];
  const most = await readBusiest(orm, scope, { days: range, limit: MOST_LINES });
  if (most.length === 0) return [];
  const sums = await readSums<{ target: string; pipeline: string; day: string }>(
    orm,
    { target: sql`r.target_id`, pipeline: sql`r.pipeline`, day },
    sql`r.kind = 'build' and ${within(sql`r.day`, range)} and ${inPairs(most)}`,
  );
  return most.map(({ target, pipeline }) => ({
    target,
    pipeline,
    series: sums
      .filter((row) => row.target === target && row.pipeline === pipeline)
      .flatMap((row) => pointOf({ day: row.day }, row)),
  }));
}

/** Pipelines with successful builds on some days, those with the most build time first; `all` counts every one. */
export async function readBusiest(
  orm: Orm,
  scope: HistoryScope,
  { days, limit }: { days: { from: string; to: string }; limit: number },
): Promise<{ target: string; pipeline: string; all: number }[]> {
  return readRows(
    orm,
    sql`select r.target_id as target, r.pipeline, (count(*) over ())::int as "all"
      from history_day_durations r
      where ${scope.builds("r")} and r.pipeline not in ('', '*') and r.kind = 'build' and ${within(sql`r.day`, days)}
      group by r.target_id, r.pipeline order by sum(r.total_ms) desc, r.target_id, r.pipeline limit ${limit}`,
  );
}

/** Rows of the rollup `r` that are of these pipelines. */
export const inPairs = (pairs: { target: string; pipeline: string }[]) =>
  sql`(r.target_id, r.pipeline) in (${sql.join(
    pairs.map(({ target, pipeline }) => sql`(${target}, ${pipeline})`),
    sql`, `,
  )})`;

/** How long builds that succeeded took; undefined without any. */
export async function measureBuilds(
  orm: Orm,
  scope: HistoryScope,
  days: { from: string; to: string },
): Promise<Percentiles | undefined> {
  const where = sql`${scope.rollups("r")} and r.kind = 'build' and ${within(sql`r.day`, days)}`;
  return percentilesOf(await readSums(orm, { kind: sql`r.kind` }, where));
}

export type Summed = { histogram: Histogram; totalMs: number };

/** Histograms added up for each value of `keys`: columns of the rollup `r` by their names. */
export async function readSums<Keys>(
  orm: Orm,
  keys: Record<string, SQL>,
  where: SQL,
): Promise<(Keys & Summed)[]> {
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
export function percentilesOf(rows: Summed[]): Percentiles | undefined {
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
