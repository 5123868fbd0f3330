import { ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import { compareEvents, type PlacedEvent } from "./placed-event";
import { type ComputedStream, type LogGroup, type LogStream, type LogsStore, streamKey } from "./store";

const DAY_MS = 86_400_000;

/** A group a caller made, or one that exists because something writes to it. */
export function findGroup(store: LogsStore, name: string, now: number): LogGroup | undefined {
  const row = store.groups.get(name);
  if (row) return row;
  const streams = computedStreams(store, name, now);
  if (streams.length === 0) return undefined;
  const createdAt = Math.min(...streams.map((stream) => stream.createdAt));
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
export function readEvents(
  store: LogsStore,
  group: LogGroup,
  stream: string,
  now: number,
): readonly PlacedEvent[] {
  const readable = store.readableUntil(group.name, now);
  const arrived = store.storedEvents(group.name, stream);
  const stored = readable === now ? arrived : arrived.filter(({ ingestedAt }) => ingestedAt <= readable);
  const computed = computedStream(store, group.name, stream, now);
  const lines = computed?.events(readable) ?? [];
  const placed = lines.map((line, order) => ({ ...line, order, ingestedAt: line.timestamp }));
  const all =
    stored.length > 0 && placed.length > 0 ? merge(placed, stored) : placed.length > 0 ? placed : stored;
  if (group.retentionInDays === undefined) return all;
  const oldest = now - group.retentionInDays * DAY_MS;
  return all.filter((event) => event.timestamp >= oldest);
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

function merge(a: readonly PlacedEvent[], b: readonly PlacedEvent[]): PlacedEvent[] {
  return [...a, ...b].sort(compareEvents);
}
