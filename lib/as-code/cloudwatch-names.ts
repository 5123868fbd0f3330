/** Where the metrics lie in CloudWatch; the IAM statement allows this namespace and no other. */
export const METRICS_NAMESPACE = "Goldsmith";

export type MetricName =
  | "SucceededBuilds"
  | "FailedBuilds"
  | "CancelledBuilds"
  | "BuildDuration"
  | "ImageAgeHours"
  | "CriticalFindings"
  | "HighFindings"
  | "MediumFindings"
  | "OtherFindings";

/** Each metric: the statistic that fits it, its unit in CloudWatch's words, and what it is. */
export const METRICS: Record<
  MetricName,
  { statistic: "Sum" | "Average" | "Maximum"; unit: "Count" | "Seconds" | "None"; says: string }
> = {
  SucceededBuilds: {
    statistic: "Sum",
    unit: "Count",
    says: "Builds that succeeded, at the minute they ended",
  },
  FailedBuilds: { statistic: "Sum", unit: "Count", says: "Builds that failed" },
  CancelledBuilds: { statistic: "Sum", unit: "Count", says: "Builds that were canceled" },
  BuildDuration: { statistic: "Average", unit: "Seconds", says: "Duration of builds that succeeded" },
  ImageAgeHours: {
    statistic: "Maximum",
    unit: "None",
    says: "Hours since the latest successful image; of the account, the oldest among its pipelines",
  },
  CriticalFindings: {
    statistic: "Maximum",
    unit: "Count",
    says: "Critical findings in the latest successful image, once it was scanned",
  },
  HighFindings: { statistic: "Maximum", unit: "Count", says: "High findings" },
  MediumFindings: { statistic: "Maximum", unit: "Count", says: "Medium findings" },
  OtherFindings: { statistic: "Maximum", unit: "Count", says: "All other findings" },
};
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** Metrics in CloudWatch for so many pipelines: theirs, and those of the account as a whole. */
export const metricCount = (pipelines: number): number => METRIC_NAMES.length * (pipelines + 1);

/** Dimensions of the account's metrics, or of one pipeline's. `target` is the ID of the account in this console. */
export const dimensionsOf = (target: string, pipeline?: string): { Name: string; Value: string }[] => [
  { Name: "Target", Value: target },
  ...(pipeline === undefined ? [] : [{ Name: "Pipeline", Value: pipeline }]),
];
