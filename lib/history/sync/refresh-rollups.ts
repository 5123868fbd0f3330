import "server-only";
import { and, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import {
  historyBuilds,
  historyDayDurations,
  historyDayHours,
  historyDays,
  historyStale,
  historySteps,
} from "@/lib/db/history-schema";
import { BUCKET_DIGITS, BUCKET_GROWTH } from "../duration-buckets";
import { compareBuilds, saveStandings } from "./compare-builds";
import { countKept } from "./count-kept";
import { FORGOTTEN_DAY } from "./retention";
import { rollUpFindings } from "./roll-up-findings";

/** Enough that a backfill does not wait for its rollups, few enough that a page never does. */
const AT_ONCE = { day: 8, pipeline: 20, build: 100 };

/**
 * Works out some of what is stale, each from all the rows it follows from, so that doing it twice changes nothing.
 * Gives whether there was anything to do.
 */
export async function refreshRollups(orm: Orm, targetId: string): Promise<boolean> {
  // Most of the time nothing is, and three transactions would be for nothing.
  const [stale] = await orm
    .select({ kind: historyStale.kind })
    .from(historyStale)
    .where(eq(historyStale.targetId, targetId))
    .limit(1);
  if (!stale) return false;
  const days = await take(orm, targetId, "day", (tx, values) => rollUpDays(tx, targetId, values));
  const builds = await take(orm, targetId, "build", (tx, values) => compareBuilds(tx, values.map(Number)));
  const pipelines = await take(orm, targetId, "pipeline", async (tx, values) => {
    await countKept(tx, targetId, values);
    const named = values.filter(Boolean);
    if (named.length === 0) return;
    await saveStandings(tx, targetId, named);
    await rollUpFindings(tx, targetId, named);
  });
  return days || builds || pipelines;
}

/** Takes what is stale and does its work in one transaction: a process that dies between leaves it stale. */
function take(
  orm: Orm,
  targetId: string,
  kind: keyof typeof AT_ONCE,
  work: (tx: Orm, values: string[]) => Promise<void>,
): Promise<boolean> {
  return orm.transaction(async (tx) => {
    const wanted = and(eq(historyStale.targetId, targetId), eq(historyStale.kind, kind));
    const some = tx
      .select({ value: historyStale.value })
      .from(historyStale)
      .where(wanted)
      .orderBy(desc(historyStale.value))
      .limit(AT_ONCE[kind]);
    const taken = await tx
      .delete(historyStale)
      .where(and(wanted, inArray(historyStale.value, some)))
      .returning({ value: historyStale.value });
    if (taken.length > 0)
      await work(
        tx,
        taken.map(({ value }) => value),
      );
    return taken.length > 0;
  });
}

/** Sums up whole days of a target, or all its days when none are named. */
export async function rollUpDays(tx: Orm, targetId: string, days?: string[]): Promise<void> {
  const within = (column: SQL) => (days ? sql`and ${column} in ${days}` : sql``);
  for (const table of [historyDays, historyDayDurations, historyDayHours]) {
    await tx
      .delete(table)
      .where(
        and(eq(table.targetId, targetId), days ? inArray(table.day, days) : gt(table.day, FORGOTTEN_DAY)),
      );
  }
  const builds = sql`${historyBuilds} b`;
  const pipeline = sql`case when grouping(b.pipeline) = 1 then '*' else b.pipeline end`;
  const ofTarget = sql`b.target_id = ${targetId} ${within(sql`b.day`)}`;
  await tx.execute(sql`
    insert into ${historyDays} (target_id, day, pipeline, succeeded, failed, cancelled, running)
    select b.target_id, b.day, ${pipeline},
      count(*) filter (where b.result = 'succeeded'), count(*) filter (where b.result = 'failed'),
      count(*) filter (where b.result = 'cancelled'), count(*) filter (where b.result = 'running')
    from ${builds} where ${ofTarget}
    group by grouping sets ((b.target_id, b.day), (b.target_id, b.day, b.pipeline))`);
  await tx.execute(sql`
    insert into ${historyDayHours} (target_id, day, pipeline, instance_type, builds, total_ms)
    select b.target_id, b.day, ${pipeline}, b.instance_type, count(*), sum(b.duration_ms)
    from ${builds} where ${ofTarget} and b.duration_ms is not null and b.instance_type is not null
    group by grouping sets ((b.target_id, b.day, b.instance_type), (b.target_id, b.day, b.pipeline, b.instance_type))`);
  await tx.execute(sql`
    insert into ${historyDayDurations} (target_id, day, pipeline, kind, stage, name, histogram, total_ms)
    select b.target_id, b.day, ${pipeline}, 'build', '', '', ${histogramOf(sql`b.duration_ms`)}, sum(b.duration_ms)
    from ${builds} where ${ofTarget} and b.result = 'succeeded' and b.duration_ms is not null
    group by grouping sets ((b.target_id, b.day), (b.target_id, b.day, b.pipeline))`);
  await tx.execute(sql`
    insert into ${historyDayDurations} (target_id, day, pipeline, kind, stage, name, histogram, total_ms)
    select b.target_id, b.day, ${pipeline}, s.kind, s.stage, s.name, ${histogramOf(sql`s.duration_ms`)}, sum(s.duration_ms)
    from ${builds} join ${historySteps} s on s.build_id = b.id
    where ${ofTarget} and s.duration_ms is not null
    group by grouping sets ((b.target_id, b.day, s.kind, s.stage, s.name), (b.target_id, b.day, b.pipeline, s.kind, s.stage, s.name))`);
}

/** Counts durations into a `Histogram`, with the same buckets as `bucketOf` of `duration-buckets.ts`. */
const histogramOf = (ms: SQL) =>
  sql`sum(('1e' || ${sql.raw(String(BUCKET_DIGITS))} * floor(ln(greatest(${ms}, 1)::float8) / ln(${sql.raw(String(BUCKET_GROWTH))}::float8))::int)::numeric)`;
