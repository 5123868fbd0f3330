/** What is sent to CloudWatch of one target, and how that goes. */
export type MetricsExport = {
  /** How many pipelines may have metrics of their own; absent: metrics are off. */
  most?: number;
  /** Pipelines that have metrics of their own, and how old their images may be. */
  pipelines: { name: string; freshWithinDays: number }[];
  /** Pipelines with builds lately that have none, at most 50 of `leftOutCount`. */
  leftOut: string[];
  leftOutCount: number;
  /** Builds that ended in the last 15 days and were sent. */
  counted: number;
  /** Builds of which nobody knows yet whether CloudWatch has them. */
  inDoubt: number;
  /** ISO 8601: when something was sent last. */
  sentAt?: string;
  /** What AWS said against it last. */
  mistake?: { message: string; since: string; missingAction?: string; nextTryAt?: string };
  /** The IAM statements that sending needs, as JSON. */
  statements: string;
};
