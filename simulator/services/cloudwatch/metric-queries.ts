import {
  type Dimension,
  InvalidNextToken,
  type MetricDataQuery,
  type MetricStat,
  ValidationException,
} from "@aws-sdk/client-cloudwatch";
import { pageOf } from "../../engine/page";
import { NotSimulated } from "../../wire/contract";
import { type CloudWatch, combination } from "./metric-data";
import { type CloudWatchStore, type PointRow, seriesKey } from "./store";

const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;
const METRICS_A_PAGE = 500;
const THREE_HOURS_MS = 3 * 3_600_000;

type Statistic = "SampleCount" | "Average" | "Sum" | "Minimum" | "Maximum";
const STATISTICS: Record<Statistic, (points: readonly PointRow[]) => number> = {
  SampleCount: (points) => total(points, "count"),
  Average: (points) => total(points, "sum") / total(points, "count"),
  Sum: (points) => total(points, "sum"),
  Minimum: (points) => Math.min(...points.map(({ min }) => min)),
  Maximum: (points) => Math.max(...points.map(({ max }) => max)),
};

export const metricQueries = {
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
  GetMetricData({ store }, input) {
    const { MetricDataQueries = [], ScanBy = "TimestampDescending", MaxDatapoints, NextToken } = input;
    const start = input.StartTime?.getTime() ?? 0;
    const end = input.EndTime?.getTime() ?? 0;
    if (start >= end) throw validation("The parameter StartTime must be less than the parameter EndTime.");
    if (MetricDataQueries.length === 0 || MetricDataQueries.length > MOST_QUERIES)
      throw validation(`The collection MetricDataQueries must have from 1 to ${MOST_QUERIES} members.`);
    const ids = MetricDataQueries.map(({ Id }) => Id ?? "");
    for (const id of ids) {
      if (!/^[a-z]\w*$/.test(id))
        throw validation(`The value ${id} for parameter MetricDataQueries.member.Id is invalid.`);
      if (ids.indexOf(id) !== ids.lastIndexOf(id))
        throw validation(`The values for parameter id in MetricDataQueries are not unique: ${id}.`);
    }
    const series = MetricDataQueries.filter(({ ReturnData }) => ReturnData !== false).map((query) => ({
      query,
      points: pointsOf(store, statOf(query), { start, end, ScanBy }),
    }));
    const rows = series.flatMap(({ query, points }) => points.map((point) => ({ id: query.Id, point })));
    const { items, nextToken } = pageOf(
      rows,
      { nextToken: NextToken, maxResults: Math.min(MaxDatapoints ?? MOST_POINTS, MOST_POINTS) },
      { defaultSize: MOST_POINTS, query: [MetricDataQueries, start, end, ScanBy], refuse: refuseToken },
    );
    const MetricDataResults = series.map(({ query }) => {
      const here = items.filter(({ id }) => id === query.Id).map(({ point }) => point);
      const isCut = nextToken !== undefined && items.at(-1)?.id === query.Id;
      return {
        Id: query.Id,
        Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
        Timestamps: here.map(({ at }) => new Date(at)),
        Values: here.map(({ value }) => value),
        StatusCode: isCut ? ("PartialData" as const) : ("Complete" as const),
      };
    });
    return { MetricDataResults, Messages: [], ...(nextToken !== undefined && { NextToken: nextToken }) };
  },

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
  ListMetrics({ store, now }, { Namespace, MetricName, Dimensions = [], NextToken, RecentlyActive }) {
    const rows = store.series
      .list(
        ({ namespace, name, dimensions, putAt }) =>
          (Namespace === undefined || namespace === Namespace) &&
          (MetricName === undefined || name === MetricName) &&
          (RecentlyActive === undefined || putAt >= now - THREE_HOURS_MS) &&
          Dimensions.every((filter) =>
            dimensions.some(
              ({ Name, Value }) =>
                Name === filter.Name && (filter.Value === undefined || Value === filter.Value),
            ),
          ),
      )
      .map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: dimensions,
      }));
    const query = [Namespace, MetricName, Dimensions, RecentlyActive];
    const { items, nextToken } = pageOf(
      rows,
      { nextToken: NextToken },
      { defaultSize: METRICS_A_PAGE, query, refuse: refuseToken },
    );
    return { Metrics: items, ...(nextToken !== undefined && { NextToken: nextToken }) };
  },
} satisfies Partial<CloudWatch>;

function statOf({ Id, Expression, MetricStat }: MetricDataQuery): MetricStat {
  if ((Expression === undefined) === (MetricStat === undefined))
    throw combination(`The query ${Id} must have either an Expression or a MetricStat.`);
  // Differs from AWS: metric math and Metrics Insights are not worked out, and there are no percentiles.
  if (!MetricStat) throw new NotSimulated("GetMetricData is simulated for metrics, not for expressions.");
  if (!Object.hasOwn(STATISTICS, MetricStat.Stat ?? ""))
    throw new NotSimulated(`The statistic ${MetricStat.Stat} is not simulated.`);
  if (!isPeriod(MetricStat.Period ?? 0))
    throw validation(`The value ${MetricStat.Period} for parameter Period is invalid.`);
  return MetricStat;
}

/** True for a period that a metric may be asked for: 1, 5, 10, 20, 30 seconds or a multiple of 60. */
export function isPeriod(seconds: number): boolean {
  return [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);
}

function pointsOf(
  store: CloudWatchStore,
  { Metric, Period = 60, Stat, Unit }: MetricStat,
  { start, end, ScanBy }: { start: number; end: number; ScanBy: string },
): { at: number; value: number }[] {
  const step = Math.max(60, Period) * 1000;
  const from = Math.floor(start / step) * step;
  const metric = {
    namespace: Metric?.Namespace ?? "",
    name: Metric?.MetricName ?? "",
    dimensions: Metric?.Dimensions ?? [],
  };
  const values = valuesOf(
    store,
    { ...metric, statistic: Stat as Statistic, unit: Unit },
    { from, end, step },
  );
  const points = [...values].map(([at, value]) => ({ at, value }));
  points.sort((a, b) => (ScanBy === "TimestampAscending" ? a.at - b.at : b.at - a.at));
  return points;
}

export interface Measured {
  namespace: string;
  name: string;
  dimensions: readonly Dimension[];
  statistic: Statistic;
  unit: string | undefined;
}

/** A statistic of a series by the begin of each period that holds data; times in epoch milliseconds. */
export function valuesOf(
  store: CloudWatchStore,
  { namespace, name, dimensions, statistic, unit }: Measured,
  { from, end, step }: { from: number; end: number; step: number },
): Map<number, number> {
  const groups = new Map<number, PointRow[]>();
  for (const point of store.pointsOf(seriesKey(namespace, name, dimensions))) {
    if (point.at < from || point.at >= end || (unit !== undefined && point.unit !== unit)) continue;
    const at = Math.floor(point.at / step) * step;
    groups.set(at, [...(groups.get(at) ?? []), point]);
  }
  return new Map([...groups].map(([at, points]) => [at, STATISTICS[statistic](points)]));
}

function total(points: readonly PointRow[], member: "count" | "sum"): number {
  return points.reduce((sum, point) => sum + point[member], 0);
}

function validation(message: string): ValidationException {
  return new ValidationException({ message, $metadata: {} });
}

/** The refusal of a token that CloudWatch did not hand out for this question. */
export function refuseToken(): never {
  throw new InvalidNextToken({ message: "The token is not valid.", $metadata: {} });
}
