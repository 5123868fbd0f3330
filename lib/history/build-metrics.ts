import "server-only";
import { sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { type Bucket, bucketMs, bucketsOf } from "./duration-buckets";
import { readRows } from "./statistics/history-scope";

/** Upper bounds of the duration histogram in seconds. */
const BOUNDS = [300, 600, 900, 1200, 1800, 2700, 3600, 7200, 14_400];

type Labels = Record<string, string>;

/** What Prometheus may know of builds, as text: worked out from the index, so that every replica says the same. */
export async function renderBuildMetrics(
  orm: Orm,
  { nowMs, freshWithinDays }: { nowMs: number; freshWithinDays: number },
): Promise<string> {
  const results = await readRows<{ target: string; pipeline: string; result: string; count: number }>(
    orm,
    sql`select r.target_id as target, r.pipeline, v.result, sum(v.count)::int as count
      from history_days r cross join lateral (
        values ('succeeded', r.succeeded), ('failed', r.failed), ('cancelled', r.cancelled)
      ) v (result, count)
      where r.pipeline <> '*' group by 1, 2, 3 order by 1, 2, 3`,
  );
  const running = await readRows<{ target: string; pipeline: string; count: number }>(
    orm,
    sql`select target_id as target, pipeline, count(*)::int as count from history_builds
      where result = 'running' group by 1, 2 order by 1, 2`,
  );
  const durations = await readRows<{ target: string; histogram: string; seconds: number }>(
    orm,
    sql`select r.target_id as target, sum(r.histogram)::text as histogram, sum(r.total_ms)::float8 / 1000 as seconds
      from history_day_durations r where r.pipeline = '*' and r.kind = 'build' group by 1 order by 1`,
  );
  const fresh = await readRows<{ target: string; pipeline: string; age: number; wanted: number }>(
    orm,
    sql`select target_id as target, pipeline, (${nowMs}::float8 / 1000 - extract(epoch from last_good_at))::float8 as age,
        coalesce(fresh_within_days, ${freshWithinDays})::float8 * 86400 as wanted
      from history_pipelines where last_good_at is not null order by 1, 2`,
  );
  return [
    ...family("goldsmith_builds_total", "counter", "Completed builds, by result."),
    ...results.map(({ count, ...labels }) => sample("goldsmith_builds_total", labels, count)),
    ...family("goldsmith_builds_running", "gauge", "Builds under way."),
    ...running.map(({ count, ...labels }) => sample("goldsmith_builds_running", labels, count)),
    ...family("goldsmith_build_duration_seconds", "histogram", "Duration of successful builds, within 2%."),
    ...durations.flatMap(({ target, histogram, seconds }) =>
      histogramSamples({ target }, bucketsOf(histogram), seconds),
    ),
    ...family(
      "goldsmith_newest_good_image_age_seconds",
      "gauge",
      "Age of a pipeline's latest successful image.",
    ),
    ...fresh.map(({ target, pipeline, age }) =>
      sample("goldsmith_newest_good_image_age_seconds", { target, pipeline }, Math.round(age)),
    ),
    ...family("goldsmith_image_age_target_seconds", "gauge", "Maximum age of that image."),
    ...fresh.map(({ target, pipeline, wanted }) =>
      sample("goldsmith_image_age_target_seconds", { target, pipeline }, wanted),
    ),
    "",
  ].join("\n");
}

const family = (name: string, type: string, help: string) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

const sample = (name: string, labels: Labels, value: number) =>
  `${name}{${Object.entries(labels)
    .map(([label, text]) => `${label}="${escaped(text)}"`)
    .join(",")}} ${value}`;

/** https://prometheus.io/docs/instrumenting/exposition_formats/#comments-help-text-and-type-information */
const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

function histogramSamples(labels: Labels, buckets: Bucket[], seconds: number): string[] {
  const name = "goldsmith_build_duration_seconds";
  const upTo = (bound: number) =>
    buckets.reduce((sum, { bucket, count }) => (bucketMs(bucket) <= bound * 1000 ? sum + count : sum), 0);
  const all = upTo(Number.POSITIVE_INFINITY);
  return [
    ...BOUNDS.map((bound) => sample(`${name}_bucket`, { ...labels, le: String(bound) }, upTo(bound))),
    sample(`${name}_bucket`, { ...labels, le: "+Inf" }, all),
    sample(`${name}_sum`, labels, Math.round(seconds)),
    sample(`${name}_count`, labels, all),
  ];
}
