import "server-only";
import type { MetricDatum } from "@aws-sdk/client-cloudwatch";
import { sql } from "drizzle-orm";
import { dimensionsOf, METRICS, type MetricName } from "@/lib/as-code/cloudwatch-names";
import { HOUR_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { readRows } from "../statistics/history-scope";

type Standing = {
  pipeline: string;
  goodMs: number;
  critical: number | null;
  high: number | null;
  medium: number | null;
  all: number | null;
};

/**
 * Ages and findings as they are now, of the account and of the given pipelines. An image that was not scanned has no
 * findings to send: that is not known, and not zero.
 */
export async function readGauges(
  orm: Orm,
  { targetId, now, pipelines }: { targetId: string; now: number; pipelines: ReadonlySet<string> },
): Promise<MetricDatum[]> {
  const standings = await readRows<Standing>(
    orm,
    sql`select p.pipeline, (extract(epoch from p.last_good_at) * 1000)::float8 as "goodMs",
        coalesce(b.criticals_seen, b.findings_critical) as critical, b.findings_high as high,
        b.findings_medium as medium, b.findings_all as "all"
      from history_pipelines p left join history_builds b on b.id = p.last_good_id
      where p.target_id = ${targetId} and p.last_good_at is not null and p.pipeline <> ''`,
  );
  if (standings.length === 0) return [];
  const own = standings.filter(({ pipeline }) => pipelines.has(pipeline));
  return [
    ...gaugesOf(standings, dimensionsOf(targetId), now),
    ...own.flatMap((one) => gaugesOf([one], dimensionsOf(targetId, one.pipeline), now)),
  ];
}

function gaugesOf(standings: Standing[], Dimensions: MetricDatum["Dimensions"], now: number): MetricDatum[] {
  const datum = (MetricName: MetricName, Value: number): MetricDatum => ({
    ...{ MetricName, Dimensions, Value },
    Timestamp: new Date(now),
    Unit: METRICS[MetricName].unit,
  });
  const oldest = Math.max(...standings.map(({ goodMs }) => now - goodMs));
  const scanned = standings.filter(({ all }) => all !== null);
  const sum = (of: (one: Standing) => number) => scanned.reduce((total, one) => total + of(one), 0);
  const age = datum("ImageAgeHours", Math.max(0, oldest) / HOUR_MS);
  if (scanned.length === 0) return [age];
  const [critical, high, medium] = (["critical", "high", "medium"] as const).map((severity) =>
    sum((one) => one[severity] ?? 0),
  );
  const named = sum((one) => (one.critical ?? 0) + (one.high ?? 0) + (one.medium ?? 0));
  return [
    age,
    datum("CriticalFindings", critical ?? 0),
    datum("HighFindings", high ?? 0),
    datum("MediumFindings", medium ?? 0),
    datum("OtherFindings", Math.max(0, sum((one) => one.all ?? 0) - named)),
  ];
}
