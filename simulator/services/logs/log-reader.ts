import { ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import { DAY_MS } from "../../engine/clock";
import { type EventList, firstAt, itemsOf, type List, listOf, mergeLists } from "./event-list";
import type { LogEvent, PlacedEvent } from "./placed-event";
import { type ComputedStream, type LogGroup, type LogStream, type LogsStore, streamKey } from "./store";

/** A group a caller made, or one that exists because something writes to it. */
export function findGroup(store: LogsStore, name: string, now: number): LogGroup | undefined {
  const row = store.groups.get(name);
  if (row) return row;
  const times =
    store.deletions.size === 0
      ? store.sources.flatMap((source) => source.group(name, now) ?? [])
      : computedStreams(store, name, now);
  if (times.length === 0) return undefined;
  const createdAt = times.reduce(
    (oldest, time) => Math.min(oldest, time.createdAt),
    Number.POSITIVE_INFINITY,
  );
  return { name, createdAt, logGroupClass: "STANDARD", tags: {} };
}

/** The group by name or by ARN, or AWS's ResourceNotFoundException. */
export function requireGroup(
  store: LogsStore,
  input: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined },
  now: number,
): LogGroup {
  const name = groupNameOf(input.logGroupIdentifier ?? input.logGroupName ?? "");
  const group = findGroup(store, name, now);
  if (!group) throw notFound("The specified log group does not exist.");
  return group;
}

/** `arn:aws:logs:us-east-1:111111111111:log-group:/x:*` is the group `/x`. */
export function groupNameOf(identifier: string): string {
  return identifier.startsWith("arn:") ? (identifier.split(":")[6] ?? "") : identifier;
}

export function allGroups(store: LogsStore, now: number): LogGroup[] {
  const names = new Set([...store.groups.values()].map((group) => group.name));
  for (const source of store.sources) for (const { name } of source.groups(now)) names.add(name);
  return [...names].sort().flatMap((name) => findGroup(store, name, now) ?? []);
}

export function allStreams(store: LogsStore, group: string, now: number): LogStream[] {
  const streams = new Map<string, LogStream>();
  for (const { name, createdAt } of computedStreams(store, group, now))
    streams.set(name, { group, name, createdAt });
  for (const row of store.streamsOf(group)) streams.set(row.name, row);
  return [...streams.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function requireStream(store: LogsStore, group: string, name: string, now: number): LogStream {
  const row = store.streams.get(streamKey(group, name));
  const computed = row ? undefined : computedStream(store, group, name, now);
  if (row) return row;
  if (!computed) throw notFound("The specified log stream does not exist.");
  return { group, name, createdAt: computed.createdAt };
}

/** Every event of a stream that has arrived by `now` and is still kept, in order. */
export function readEvents(store: LogsStore, group: LogGroup, stream: string, now: number): EventList {
  const readable = store.readableUntil(group.name, now);
  const arrived = store.storedEvents(group.name, stream);
  const stored = readable === now ? arrived : arrived.filter(({ ingestedAt }) => ingestedAt <= readable);
  const lines = computedStream(store, group.name, stream, now)?.events(readable);
  const all = lines ? mergeLists(placedLines(lines), stored) : stored;
  if (group.retentionInDays === undefined) return all;
  const first = firstAt(all, { timestamp: now - group.retentionInDays * DAY_MS, order: 0 });
  return listOf(all.length - first, (index) => all.at(first + index));
}

/** The same as an array, for who looks at every event. */
export function readAllEvents(...place: Parameters<typeof readEvents>): PlacedEvent[] {
  return itemsOf(readEvents(...place));
}

function placedLines(lines: List<LogEvent>): EventList {
  return listOf(lines.length, (order) => {
    const line = lines.at(order);
    return line && { ...line, order, ingestedAt: line.timestamp };
  });
}

/** The newest event's time, without computing a whole log where its source knows it. */
export function lastEventAt(
  store: LogsStore,
  group: LogGroup,
  stream: string,
  now: number,
): number | undefined {
  const times = [
    store.storedEvents(group.name, stream).at(-1)?.timestamp,
    computedStream(store, group.name, stream, now)?.lastEventAt(now),
  ].filter((time) => time !== undefined);
  return times.length > 0 ? Math.max(...times) : undefined;
}

export function notFound(message: string): ResourceNotFoundException {
  return new ResourceNotFoundException({ message, $metadata: {} });
}

function computedStreams(store: LogsStore, group: string, now: number): ComputedStream[] {
  return store.sources
    .flatMap((source) => [...source.streams(group, now)])
    .filter((stream) => survives(store, group, stream));
}

function computedStream(
  store: LogsStore,
  group: string,
  name: string,
  now: number,
): ComputedStream | undefined {
  for (const source of store.sources) {
    const stream = source.stream(group, name, now);
    if (stream && survives(store, group, stream)) return stream;
  }
  return undefined;
}

function survives(store: LogsStore, group: string, stream: ComputedStream): boolean {
  const deletions = [store.deletions.get(group), store.deletions.get(streamKey(group, stream.name))];
  return deletions.every((deletion) => !deletion || stream.createdAt > deletion.at);
}
