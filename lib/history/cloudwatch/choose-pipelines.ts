import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { DAY_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { metricPipelines } from "@/lib/db/metrics-schema";
import { dayAt } from "../calendar-day";
import { readRows } from "../statistics/history-scope";

const LOOK_BACK_DAYS = 90;

/**
 * The pipelines that have metrics of their own, at most `most`: those that have them already, while they still build,
 * then those with the most builds. One that is in stays in, since every new one costs a month's metrics.
 */
export async function choosePipelines(
  orm: Orm,
  { targetId, most, now }: { targetId: string; most: number; now: Date },
): Promise<string[]> {
  const known = await orm
    .select({ pipeline: metricPipelines.pipeline })
    .from(metricPipelines)
    .where(eq(metricPipelines.targetId, targetId))
    .orderBy(asc(metricPipelines.addedAt), asc(metricPipelines.pipeline));
  const before = known.map(({ pipeline }) => pipeline);
  const ranked = await rankPipelines(orm, { targetId, now });
  const builds = new Set(ranked);
  const wanted = [...new Set([...before.filter((name) => builds.has(name)), ...ranked, ...before])];
  const chosen = wanted.slice(0, most);
  const leaving = before.filter((name) => !chosen.includes(name));
  const coming = chosen.filter((name) => !before.includes(name));
  if (leaving.length > 0)
    await orm
      .delete(metricPipelines)
      .where(and(eq(metricPipelines.targetId, targetId), inArray(metricPipelines.pipeline, leaving)));
  if (coming.length > 0)
    await orm
      .insert(metricPipelines)
      .values(coming.map((pipeline) => ({ targetId, pipeline, addedAt: now })))
      .onConflictDoNothing();
  return chosen;
}

/** Pipelines that had builds in the last 90 days, those with the most first. */
export async function rankPipelines(
  orm: Orm,
  { targetId, now }: { targetId: string; now: Date },
): Promise<string[]> {
  const from = dayAt("UTC", now.getTime() - LOOK_BACK_DAYS * DAY_MS);
  const rows = await readRows<{ pipeline: string }>(
    orm,
    sql`select pipeline from history_days
      where target_id = ${targetId} and pipeline not in ('*', '') and day >= ${from}
      group by pipeline order by sum(succeeded + failed + cancelled) desc, pipeline`,
  );
  return rows.map(({ pipeline }) => pipeline);
}
