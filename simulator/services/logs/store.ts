import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";
import type { List } from "./event-list";
import {
  compareEvents,
  type EventBatch,
  eventBytes,
  type LogEvent,
  type PlacedEvent,
  placeBatch,
} from "./placed-event";

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
  events(now: number): List<LogEvent>;
}

/** A writer of computed streams, as Image Builder. Group names come in their original case. */
export interface LogSource {
  /** Groups with at least one stream, with the time the group came to be. */
  groups(now: number): Iterable<{ name: string; createdAt: number }>;
  group(name: string, now: number): { createdAt: number } | undefined;
  streams(group: string, now: number): Iterable<ComputedStream>;
  stream(group: string, name: string, now: number): ComputedStream | undefined;
}

export interface LogsStore {
  account: string;
  region: string;
  partition: string;
  /** For what outlives a request; handlers are told the time. */
  now(): number;
  groups: Table<LogGroup>;
  streams: Table<LogStream>;
  queries: Table<QueryRow>;
  /** Groups and streams of a source that a caller deleted: what was there before `at` is gone. */
  deletions: Table<{ key: string; at: number }>;
  sources: LogSource[];
  /** Image Builder adds its builds and pipelines here, once, when its store opens. */
  addSource(source: LogSource): void;
  streamsOf(group: string): LogStream[];
  /** What callers put into a stream, in order. */
  storedEvents(group: string, stream: string): readonly PlacedEvent[];
  /** What callers put into the streams of a group, as CloudWatch Logs counts. */
  storedBytes(group: string): number;
  append(batch: Omit<EventBatch, "number">): void;
  dropStream(group: string, stream: string): void;
  /** The time up to which lines of a group can be read at `now`: lines come late, and in bursts, where that is asked for. */
  readableUntil(group: string, now: number): number;
}

/** A query of CloudWatch Logs Insights. */
export interface QueryRow {
  id: string;
  groups: string[];
  queryString: string;
  /** Epoch milliseconds. */
  from: number;
  to: number;
  limit: number;
  startedAt: number;
  stopped: boolean;
}

export const streamKey = (group: string, stream: string) => `${group}\n${stream}`;

export function openLogsStore(scope: Scope): LogsStore {
  const sources: LogSource[] = [];
  const streams = scope.table<LogStream>("logs.streams", (row) => streamKey(row.group, row.name));
  const batches = scope.table<EventBatch>(
    "logs.batches",
    (row) => `${streamKey(row.group, row.stream)}\n${row.number}`,
  );
  const stored = new Map<string, StoredStream>();

  function index(batch: EventBatch): void {
    const key = streamKey(batch.group, batch.stream);
    const known = stored.get(key) ?? { events: [], batches: 0, bytes: 0 };
    const events = placeBatch(batch);
    const [first] = events;
    const last = known.events.at(-1);
    for (const event of events) {
      known.events.push(event);
      known.bytes += eventBytes(event);
    }
    if (first && last && first.timestamp < last.timestamp) known.events.sort(compareEvents);
    stored.set(key, { ...known, batches: Math.max(known.batches, batch.number + 1) });
  }
  for (const batch of batches.values()) index(batch);

  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    now: () => scope.now(),
    groups: scope.table<LogGroup>("logs.groups", (row) => row.name),
    streams,
    queries: scope.table<QueryRow>("logs.queries", (row) => row.id),
    deletions: scope.table("logs.deletions", (row: { key: string; at: number }) => row.key),
    sources,
    addSource: (source) => {
      sources.push(source);
    },
    streamsOf: (group) => streams.list((row) => row.group === group),
    storedEvents: (group, stream) => stored.get(streamKey(group, stream))?.events ?? [],
    storedBytes: (group) =>
      streams
        .list((row) => row.group === group)
        .reduce((bytes, { name }) => bytes + (stored.get(streamKey(group, name))?.bytes ?? 0), 0),
    append(batch) {
      const number = stored.get(streamKey(batch.group, batch.stream))?.batches ?? 0;
      index(batches.put({ ...batch, number }));
    },
    dropStream(group, stream) {
      const key = streamKey(group, stream);
      for (let number = 0; number < (stored.get(key)?.batches ?? 0); number++)
        batches.delete(`${key}\n${number}`);
      stored.delete(key);
      streams.delete(key);
    },
    readableUntil(group, now) {
      const burstMs = scope.trouble().logBurstMs ?? (group.endsWith("-late") ? LATE_BURST_MS : 0);
      return burstMs > 0 ? Math.floor(now / burstMs) * burstMs : now;
    },
  };
}

const LATE_BURST_MS = 20_000;

interface StoredStream {
  events: PlacedEvent[];
  batches: number;
  bytes: number;
}
