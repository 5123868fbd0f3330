import type { ImageBuildKey } from "@/lib/core/resource-names";

/** A line that holds the text. */
export type LogHit = {
  /** Epoch milliseconds. */
  at: number;
  message: string;
  group: string;
  stream: string;
  /** Absent where the group has a name of its own and so does not say which image wrote it. */
  build?: ImageBuildKey;
  /** From 1; only kept logs say it at once. */
  line?: number;
};

export type LogSearchResult = {
  /** What was asked: CloudWatch Logs Insights, or the logs that this console keeps. */
  source: "insights" | "kept";
  /** Why Insights was not asked, or did not answer. */
  reason?: string;
  /** The query as it was written, for whoever wants to go on in CloudWatch. */
  query?: string;
  /** Newest first. */
  hits: LogHit[];
  /** There are more than these. */
  isCut: boolean;
  /** Bytes that Insights read: it is paid by them. */
  scannedBytes?: number;
};

/** The lines that are searched: those since `fromMs`, of builds whose names may be read; "" is a build of no known name. */
export type SearchedLines = { text: string; fromMs: number; mayRead: (name: string) => boolean };
