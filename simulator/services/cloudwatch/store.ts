import type { Dimension, MetricAlarm, StandardUnit } from "@aws-sdk/client-cloudwatch";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";

/** One series: a name, a namespace and its dimensions. */
interface SeriesRow {
  key: string;
  namespace: string;
  name: string;
  dimensions: { Name: string; Value: string }[];
  /** When something was put last, epoch milliseconds. */
  putAt: number;
}

/** What was put of one series for one minute in one unit. */
export interface PointRow {
  series: string;
  /** The minute's begin, epoch milliseconds. */
  at: number;
  unit: StandardUnit;
  count: number;
  sum: number;
  min: number;
  max: number;
}

export type AlarmRow = MetricAlarm & {
  AlarmName: string;
  /** The minute in which its state was last set or worked out, epoch milliseconds. */
  lookedAt: number;
};

export interface CloudWatchStore {
  account: string;
  region: string;
  partition: string;
  series: Table<SeriesRow>;
  points: Table<PointRow>;
  /** The points of one series. */
  pointsOf(series: string): PointRow[];
  alarms: Table<AlarmRow>;
  /** Alarms by name that the trouble settings hold in ALARM, whatever else is said of them. */
  heldInAlarm(): string[];
}

export function openCloudWatchStore(scope: Scope): CloudWatchStore {
  const points = scope.table<PointRow>(
    "cloudwatch.points",
    ({ series, at, unit }) => `${series} ${at} ${unit}`,
  );
  let known = { revision: -1, bySeries: new Map<string, PointRow[]>() };
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    series: scope.table<SeriesRow>("cloudwatch.series", ({ key }) => key),
    points,
    pointsOf(series) {
      if (known.revision !== points.revision)
        known = { revision: points.revision, bySeries: bySeries(points) };
      return known.bySeries.get(series) ?? [];
    },
    alarms: scope.table<AlarmRow>("cloudwatch.alarms", ({ AlarmName }) => AlarmName),
    heldInAlarm: () => scope.trouble().alarms ?? [],
  };
}

function bySeries(points: Table<PointRow>): Map<string, PointRow[]> {
  const groups = new Map<string, PointRow[]>();
  for (const point of points.values()) {
    const group = groups.get(point.series);
    if (group) group.push(point);
    else groups.set(point.series, [point]);
  }
  return groups;
}

/** The key of a series: dimensions count whatever their order. */
export function seriesKey(namespace: string, name: string, dimensions: readonly Dimension[] = []): string {
  const sorted = dimensions
    .map(({ Name, Value }) => [Name, Value])
    .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
