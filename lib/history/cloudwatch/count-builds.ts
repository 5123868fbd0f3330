import "server-only";
import { GetMetricDataCommand, type MetricDatum } from "@aws-sdk/client-cloudwatch";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { dimensionsOf, METRICS, METRICS_NAMESPACE, type MetricName } from "@/lib/as-code/cloudwatch-names";
import type { AwsAccess } from "@/lib/aws/types";
import { type ConsoleError, ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { metricBuilds } from "@/lib/db/metrics-schema";
import { readRows } from "../statistics/history-scope";
import { putMetrics } from "./put-metrics";

/** Each build is up to four values, and a request takes a thousand. */
const AT_ONCE = 200;
/** AWS takes time stamps of two weeks; a day is left for what is tried again. */
const OLDEST_MS = 13 * DAY_MS;
/** Builds from before metrics were turned on that are counted too. */
const BEFORE_MS = DAY_MS;
/** A build whose details cannot be read is counted anyway after this. */
const WAIT_FOR_DETAILS_MS = HOUR_MS;
/** Answers after which AWS has not taken what was sent. */
const NOT_TAKEN = new Set<ConsoleError["code"]>([
  "access-denied",
  "conflict",
  "invalid",
  "not-found",
  "slowed-by-aws",
  "wrong-account",
]);

type Result = (typeof metricBuilds.$inferSelect)["result"];
type EndedBuild = {
  id: number;
  result: Result;
  endedMs: number;
  durationMs: number | null;
  pipeline: string;
};
export type Counting = {
  orm: Orm;
  aws: AwsAccess;
  targetId: string;
  /** Epoch milliseconds. */
  now: number;
};

const NAMES: Record<Result, MetricName> = {
  succeeded: "SucceededBuilds",
  failed: "FailedBuilds",
  cancelled: "CancelledBuilds",
};

/**
 * Sends the builds that CloudWatch was not told of, once each. They are put on record first: when nobody knows whether
 * AWS took them, as after a kill, `settleDoubt` reads back what CloudWatch has before anything is sent again. Returns
 * how many were sent; what AWS says against it is thrown.
 */
export async function countBuilds(
  { orm, aws, targetId, now }: Counting,
  { since, pipelines }: { since: Date; pipelines: ReadonlySet<string> },
): Promise<number> {
  const from = new Date(Math.max(since.getTime() - BEFORE_MS, now - OLDEST_MS));
  const found = await readUncounted(orm, { targetId, from, now });
  if (found.length === 0) return 0;
  const batch = crypto.randomUUID();
  const claimed = await orm
    .insert(metricBuilds)
    .values(
      found.map(({ id, result, endedMs }) => ({
        ...{ buildId: id, result, targetId, batch },
        endedAt: new Date(endedMs),
        startedAt: new Date(now),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: metricBuilds.buildId });
  // The process that put a build on record sends it, even if two processes think that it is theirs.
  const ids = new Set(claimed.map(({ id }) => id));
  const builds = found.filter(({ id }) => ids.has(id));
  if (builds.length === 0) return 0;
  const ofBatch = and(eq(metricBuilds.targetId, targetId), eq(metricBuilds.batch, batch));
  try {
    await putMetrics(
      aws,
      builds.flatMap((build) => valuesOf(build, targetId, pipelines)),
    );
  } catch (error) {
    if (error instanceof ConsoleFailure && NOT_TAKEN.has(error.detail.code))
      await orm.delete(metricBuilds).where(ofBatch);
    throw error;
  }
  await orm
    .update(metricBuilds)
    .set({ sentAt: new Date(now) })
    .where(ofBatch);
  return builds.length;
}

function readUncounted(
  orm: Orm,
  { targetId, from, now }: { targetId: string; from: Date; now: number },
): Promise<EndedBuild[]> {
  const detailsBy = new Date(now - WAIT_FOR_DETAILS_MS);
  return readRows<EndedBuild>(
    orm,
    sql`select b.id::float8 as id, b.result, b.pipeline, b.duration_ms::float8 as "durationMs",
        (extract(epoch from coalesce(b.ended_at, b.created_at)) * 1000)::float8 as "endedMs"
      from history_builds b
      where b.target_id = ${targetId} and b.result <> 'running'
        and coalesce(b.ended_at, b.created_at) >= ${from.toISOString()}::timestamptz
        and (b.detailed_at is not null
          or coalesce(b.ended_at, b.created_at) < ${detailsBy.toISOString()}::timestamptz)
        and not exists (select 1 from metric_builds m where m.build_id = b.id and m.result = b.result)
      order by coalesce(b.ended_at, b.created_at), b.id limit ${AT_ONCE}`,
  );
}

function valuesOf(build: EndedBuild, targetId: string, pipelines: ReadonlySet<string>): MetricDatum[] {
  const { result, durationMs, pipeline, endedMs } = build;
  const isOwn = pipelines.has(pipeline);
  return [dimensionsOf(targetId), ...(isOwn ? [dimensionsOf(targetId, pipeline)] : [])].flatMap(
    (Dimensions) => {
      const datum = (MetricName: MetricName, Value: number): MetricDatum => ({
        MetricName,
        Dimensions,
        Timestamp: new Date(endedMs),
        Value,
        Unit: METRICS[MetricName].unit,
      });
      return [
        datum(NAMES[result], 1),
        ...(result === "succeeded" && durationMs !== null ? [datum("BuildDuration", durationMs / 1000)] : []),
      ];
    },
  );
}

/**
 * Finds out whether CloudWatch has what was sent when the answer was lost, from the account's own counts: what it has
 * of each minute against what it was surely told. Where AWS does not let the console read, and where that says
 * neither, the builds count as sent: one too few is better than one twice. Returns whether a doubt is left.
 */
export async function settleDoubt({ orm, aws, targetId, now }: Counting): Promise<boolean> {
  const open = await orm
    .select()
    .from(metricBuilds)
    .where(and(eq(metricBuilds.targetId, targetId), isNull(metricBuilds.sentAt)));
  if (open.length === 0) return false;
  const startedAt = Math.max(...open.map((row) => row.startedAt.getTime()));
  const times = open.map(({ endedAt }) => endedAt.getTime());
  const [oldest, newest] = [Math.min(...times), Math.max(...times)];
  if (now < startedAt + readableAfter(startedAt - oldest)) return true;
  const range = { from: minuteOf(oldest), end: minuteOf(newest) + MINUTE_MS };
  const there = await readCounts(aws, { targetId, ...range });
  const told = await toldCounts(orm, { targetId, ...range });
  const ids = open.map(({ buildId }) => buildId);
  const isMissing =
    there !== undefined &&
    open.every(({ result, endedAt }) => {
      const key = `${result} ${minuteOf(endedAt.getTime())}`;
      return (there.get(key) ?? 0) <= (told.get(key) ?? 0);
    });
  const ofBatch = and(
    eq(metricBuilds.targetId, targetId),
    isNull(metricBuilds.sentAt),
    inArray(metricBuilds.buildId, ids),
  );
  if (isMissing) await orm.delete(metricBuilds).where(ofBatch);
  else
    await orm
      .update(metricBuilds)
      .set({ sentAt: new Date(now) })
      .where(ofBatch);
  return false;
}

/**
 * How long CloudWatch may take to show values with time stamps so far back, with room.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
function readableAfter(ageMs: number): number {
  if (ageMs >= DAY_MS) return 49 * HOUR_MS;
  return ageMs >= 3 * HOUR_MS ? 2 * HOUR_MS + 10 * MINUTE_MS : 5 * MINUTE_MS;
}

/** What CloudWatch has of the account's counts, by result and minute; undefined where it may not be read. */
async function readCounts(
  aws: AwsAccess,
  { targetId, from, end }: { targetId: string; from: number; end: number },
): Promise<Map<string, number> | undefined> {
  const results = Object.keys(NAMES) as Result[];
  const MetricDataQueries = results.map((result) => ({
    Id: result,
    MetricStat: {
      Metric: {
        Namespace: METRICS_NAMESPACE,
        MetricName: NAMES[result],
        Dimensions: dimensionsOf(targetId),
      },
      Period: 60,
      Stat: "Sum",
    },
  }));
  const counts = new Map<string, number>();
  let NextToken: string | undefined;
  try {
    do {
      const command = new GetMetricDataCommand({
        MetricDataQueries,
        StartTime: new Date(from),
        EndTime: new Date(end),
        NextToken,
      });
      const page = await aws.cloudWatch.read(command, { background: true, freshForMs: 0 });
      for (const { Id, Timestamps = [], Values = [] } of page.MetricDataResults ?? [])
        for (const [index, at] of Timestamps.entries())
          counts.set(`${Id} ${at.getTime()}`, Values[index] ?? 0);
      NextToken = page.NextToken;
    } while (NextToken);
  } catch (error) {
    if (error instanceof ConsoleFailure && error.detail.code === "access-denied") return undefined;
    throw error;
  }
  return counts;
}

/** What CloudWatch was surely told, by result and minute. */
async function toldCounts(
  orm: Orm,
  { targetId, from, end }: { targetId: string; from: number; end: number },
): Promise<Map<string, number>> {
  const rows = await readRows<{ result: string; minute: number; count: number }>(
    orm,
    sql`select result, (floor(extract(epoch from ended_at) / 60) * 60000)::float8 as minute, count(*)::int as count
      from metric_builds
      where target_id = ${targetId} and sent_at is not null
        and ended_at >= ${new Date(from).toISOString()}::timestamptz
        and ended_at < ${new Date(end).toISOString()}::timestamptz
      group by 1, 2`,
  );
  return new Map(rows.map(({ result, minute, count }) => [`${result} ${minute}`, count]));
}

const minuteOf = (ms: number) => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
