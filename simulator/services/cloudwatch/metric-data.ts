import type * as sdk from "@aws-sdk/client-cloudwatch";
import {
  type Dimension,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  type MetricDatum,
  MissingRequiredParameterException,
} from "@aws-sdk/client-cloudwatch";
import { DAY_MS } from "../../engine/clock";
import type { Handlers } from "../../wire/contract";
import { type CloudWatchStore, seriesKey } from "./store";

export type CloudWatch = Handlers<typeof sdk, CloudWatchStore>;

const MINUTE_MS = 60_000;
const MOST_METRICS = 1000;
const MOST_VALUES = 150;
const OLDEST_MS = 14 * DAY_MS;
const FARTHEST_MS = 2 * 60 * MINUTE_MS;
const LARGEST = 2 ** 360;
const ASCII = /^[\x20-\x7e]*$/;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const metricData = {
  // Differs from AWS: a metric can be listed and read at once, and a request's size is bounded by the simulator's alone.
  PutMetricData({ store, now }, { Namespace = "", MetricData, EntityMetricData }) {
    if (!MetricData && !EntityMetricData) throw missing("The parameter MetricData is required.");
    if (Namespace.startsWith("AWS/"))
      throw invalid(
        "The value AWS/ for parameter Namespace is invalid. Namespaces must not begin with AWS/.",
      );
    if (Namespace.startsWith(":") || !isText(Namespace)) throw invalidAt("Namespace", Namespace);
    const sent = [
      ...(MetricData ?? []).map((datum, index) => ({ datum, at: `MetricData.member.${index + 1}` })),
      ...(EntityMetricData ?? []).flatMap(({ MetricData: data = [] }, entity) =>
        data.map((datum, index) => ({
          datum,
          at: `EntityMetricData.member.${entity + 1}.MetricData.member.${index + 1}`,
        })),
      ),
    ];
    if (sent.length > MOST_METRICS)
      throw invalid(`The collection MetricData must not have a size greater than ${MOST_METRICS}.`);
    // The whole request is refused before anything of it is kept.
    const points = sent.map(({ datum, at }) => ({ datum, ...pointOf(datum, at, now) }));
    for (const { datum, at, ...point } of points) {
      const { MetricName: name = "" } = datum;
      const key = seriesKey(Namespace, name, datum.Dimensions);
      const dimensions = (datum.Dimensions ?? []).map(({ Name = "", Value = "" }) => ({ Name, Value }));
      store.series.put({ key, namespace: Namespace, name, dimensions, putAt: now });
      const unit = datum.Unit ?? "None";
      const known = store.points.get(`${key} ${at} ${unit}`);
      store.points.put({
        series: key,
        at,
        unit,
        count: (known?.count ?? 0) + point.count,
        sum: (known?.sum ?? 0) + point.sum,
        min: Math.min(known?.min ?? point.min, point.min),
        max: Math.max(known?.max ?? point.max, point.max),
      });
    }
    return {};
  },
} satisfies Partial<CloudWatch>;

interface Point {
  at: number;
  count: number;
  sum: number;
  min: number;
  max: number;
}

function pointOf(datum: MetricDatum, at: string, now: number): Point {
  const { MetricName = "", Timestamp, StorageResolution } = datum;
  if (!isText(MetricName) || MetricName.startsWith(":")) throw invalidAt(`${at}.MetricName`, MetricName);
  requireDimensions(datum.Dimensions, at);
  const time = Timestamp?.getTime() ?? now;
  if (time < now - OLDEST_MS)
    throw invalid(`The parameter ${at}.Timestamp must specify a time no more than two weeks in the past.`);
  if (time > now + FARTHEST_MS)
    throw invalid(`The parameter ${at}.Timestamp must specify a time no more than two hours in the future.`);
  if (StorageResolution !== undefined && StorageResolution !== 1 && StorageResolution !== 60)
    throw invalidAt(`${at}.StorageResolution`, String(StorageResolution));
  return { at: Math.floor(time / MINUTE_MS) * MINUTE_MS, ...figuresOf(datum, at) };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
function requireDimensions(dimensions: readonly Dimension[] | undefined, at: string): void {
  const names = new Set<string>();
  for (const [index, { Name = "", Value = "" }] of (dimensions ?? []).entries()) {
    const path = `${at}.Dimensions.member.${index + 1}`;
    if (!isText(Name) || Name.startsWith(":")) throw invalidAt(`${path}.Name`, Name);
    if (!isText(Value)) throw invalidAt(`${path}.Value`, Value);
    if (names.has(Name)) throw invalid(`No two dimensions may have the same name: ${Name}.`);
    names.add(Name);
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
function figuresOf(datum: MetricDatum, at: string): Omit<Point, "at"> {
  const { Value, StatisticValues, Values, Counts } = datum;
  const given = [Value, StatisticValues, Values].filter((one) => one !== undefined);
  if (given.length === 0) throw missing(`The parameter ${at}.Value is required.`);
  if (given.length > 1)
    throw combination(
      `The parameters ${at}.Value, ${at}.StatisticValues and ${at}.Values are mutually exclusive and you have specified more than one.`,
    );
  if (Value !== undefined) {
    requireFigure(Value, `${at}.Value`);
    return { count: 1, sum: Value, min: Value, max: Value };
  }
  if (StatisticValues) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    for (const [name, figure] of Object.entries({ SampleCount, Sum, Minimum, Maximum }))
      requireFigure(figure, `${at}.StatisticValues.${name}`);
    if (SampleCount <= 0) throw invalidAt(`${at}.StatisticValues.SampleCount`, String(SampleCount));
    if (Minimum > Maximum)
      throw combination(`The parameter ${at}.StatisticValues.Minimum must not be greater than Maximum.`);
    return { count: SampleCount, sum: Sum, min: Minimum, max: Maximum };
  }
  const values = Values ?? [];
  if (values.length === 0) throw missing(`The parameter ${at}.Values is required.`);
  if (values.length > MOST_VALUES)
    throw invalid(`The collection ${at}.Values must not have a size greater than ${MOST_VALUES}.`);
  if (Counts && Counts.length !== values.length)
    throw combination(`The parameters ${at}.Values and ${at}.Counts must have the same number of elements.`);
  for (const [index, value] of values.entries()) requireFigure(value, `${at}.Values.member.${index + 1}`);
  const counts = values.map((_value, index) => Counts?.[index] ?? 1);
  for (const [index, count] of counts.entries()) {
    requireFigure(count, `${at}.Counts.member.${index + 1}`);
    if (count <= 0) throw invalidAt(`${at}.Counts.member.${index + 1}`, String(count));
  }
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    sum: values.reduce((sum, value, index) => sum + value * (counts[index] ?? 1), 0),
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

function requireFigure(figure: number, at: string): void {
  if (!Number.isFinite(figure) || Math.abs(figure) > LARGEST) throw invalidAt(at, String(figure));
}

/** ASCII without control characters, and not spaces alone. */
const isText = (text: string) => ASCII.test(text) && text.trim() !== "";

const $metadata = {};
function invalidAt(parameter: string, value: string) {
  return invalid(`The value ${value} for parameter ${parameter} is invalid.`);
}
/** The refusal of a value, in CloudWatch's form. */
export function invalid(message: string): InvalidParameterValueException {
  return new InvalidParameterValueException({ message, $metadata });
}
/** The refusal of parameters that do not go together. */
export function combination(message: string): InvalidParameterCombinationException {
  return new InvalidParameterCombinationException({ message, $metadata });
}
function missing(message: string) {
  return new MissingRequiredParameterException({ message, $metadata });
}
