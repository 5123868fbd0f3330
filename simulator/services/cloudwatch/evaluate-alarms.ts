import type { ForResource } from "../../engine/settling";
import { inState } from "./alarms";
import { type Measured, valuesOf } from "./metric-queries";
import { type AlarmRow, type CloudWatchStore, seriesKey } from "./store";

const MINUTE_MS = 60_000;

const COMPARE: Record<string, (value: number, threshold: number) => boolean> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * Works out once a minute what each alarm's metric says. Differs from AWS: an alarm whose metric has no data here, as
 * that of a load balancer, keeps the state that SetAlarmState gave it; AWS would look again within seconds.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluateAlarms(store: CloudWatchStore, now: number, forResource: ForResource): void {
  for (const row of store.alarms.values()) {
    if (Math.floor(row.lookedAt / MINUTE_MS) === Math.floor(now / MINUTE_MS)) continue;
    if (!store.series.has(seriesKey(row.Namespace ?? "", row.MetricName ?? "", row.Dimensions))) continue;
    if (!row.Statistic || !COMPARE[row.ComparisonOperator ?? ""]) continue;
    forResource(row.AlarmName, () => {
      const found = evaluate(store, row, now);
      store.alarms.put(found.state === row.StateValue ? { ...row, lookedAt: now } : inState(row, found, now));
    });
  }
}

/** Differs from AWS: the last N whole periods count; AWS also looks back further when data is missing in them. */
function evaluate(store: CloudWatchStore, row: AlarmRow, now: number) {
  const step = (row.Period ?? 60) * 1000;
  const periods = row.EvaluationPeriods ?? 1;
  const end = Math.floor(now / step) * step;
  const from = end - periods * step;
  const metric = {
    namespace: row.Namespace ?? "",
    name: row.MetricName ?? "",
    dimensions: row.Dimensions ?? [],
    statistic: row.Statistic as Measured["statistic"],
    unit: row.Unit,
  };
  const values = [...valuesOf(store, metric, { from, end, step }).values()];
  const compare = COMPARE[row.ComparisonOperator ?? ""];
  const missing = periods - values.length;
  const treatment = row.TreatMissingData ?? "missing";
  const threshold = row.Threshold ?? 0;
  const breaching =
    values.filter((value) => compare?.(value, threshold)).length + (treatment === "breaching" ? missing : 0);
  if (values.length === 0 && treatment === "missing")
    return {
      state: "INSUFFICIENT_DATA" as const,
      reason: `Insufficient Data: ${missing} datapoints were unknown.`,
    };
  if (values.length === 0 && treatment === "ignore")
    return { state: row.StateValue, reason: row.StateReason ?? "" };
  const isAlarm = breaching >= (row.DatapointsToAlarm ?? periods);
  const shown = values.map(String).join(", ");
  const reason = `Threshold Crossed: ${breaching} of ${periods} datapoints [${shown}] ${isAlarm ? "crossed" : "did not cross"} the threshold (${threshold}).`;
  return { state: isAlarm ? ("ALARM" as const) : ("OK" as const), reason };
}
