import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";

export interface LogEvent {
  /** Epoch milliseconds. */
  timestamp: number;
  message: string;
}

export interface LogGroup {
  name: string;
  createdAt: number;
  retentionInDays?: number | undefined;
  kmsKeyId?: string | undefined;
  logGroupClass: "STANDARD" | "INFREQUENT_ACCESS" | "DELIVERY";
  tags: Tags;
}

export interface LogStream {
  group: string;
  name: string;
  createdAt: number;
}

/** A stream that is computed, not stored: the log of a build is a function of its script and the time. */
export interface ComputedStream {
  name: string;
  createdAt: number;
  /** Epoch milliseconds of the newest event at `now`; undefined while there is none. */
  lastEventAt(now: number): number | undefined;
  /** Every event up to `now`, oldest first. A later `now` only ever adds events at the end. */
  events(now: number): readonly LogEvent[];
}

/** A writer of computed streams, as Image Builder. Group names come in their original case. */
export interface LogSource {
  /** Groups with at least one stream, with the time the group came to be. */
  groups(now: number): Iterable<{ name: string; createdAt: number }>;
  streams(group: string, now: number): Iterable<ComputedStream>;
  stream(group: string, name: string, now: number): ComputedStream | undefined;
}

/** One PutLogEvents call. */
export interface EventBatch {
  group: string;
  stream: string;
  number: number;
  ingestedAt: number;
  events: LogEvent[];
}

export interface LogsStore {
  account: string;
  region: string;
  partition: string;
  groups: Table<LogGroup>;
  streams: Table<LogStream>;
  batches: Table<EventBatch>;
  /** Groups and streams of a source that a caller deleted: what was there before `at` is gone. */
  deletions: Table<{ key: string; at: number }>;
  sources: LogSource[];
  /** Image Builder adds its builds and pipelines here, once, when its store opens. */
  addSource(source: LogSource): void;
}

export const streamKey = (group: string, stream: string) => `${group}\n${stream}`;

export function openLogsStore(scope: Scope): LogsStore {
  const sources: LogSource[] = [];
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    groups: scope.table<LogGroup>("logs.groups", (row) => row.name),
    streams: scope.table<LogStream>("logs.streams", (row) => streamKey(row.group, row.name)),
    batches: scope.table<EventBatch>(
      "logs.batches",
      (row) => `${streamKey(row.group, row.stream)}\n${row.number}`,
    ),
    deletions: scope.table("logs.deletions", (row: { key: string; at: number }) => row.key),
    sources,
    addSource: (source) => {
      sources.push(source);
    },
  };
}
