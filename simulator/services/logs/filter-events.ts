import { checksum } from "../../engine/page";
import { pageEnd } from "./events";
import { matcherOf } from "./filter-pattern";
import { invalid, refuseToken } from "./groups";
import { allStreams, notFound, readAllEvents, requireGroup } from "./log-reader";
import type { CloudWatchLogs } from "./operations";
import { compareEvents, type PlacedEvent } from "./placed-event";

export const filterEvents = {
  FilterLogEvents({ store, now }, input) {
    const { logStreamNames, logStreamNamePrefix: prefix, limit = 10_000, filterPattern = "" } = input;
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
    if (logStreamNames && prefix)
      throw invalid("logStreamNames and logStreamNamePrefix are mutually exclusive.");
    const group = requireGroup(store, input, now);
    const streams = allStreams(store, group.name, now).map(({ name }) => name);
    const missing = logStreamNames?.find((name) => !streams.includes(name));
    if (missing !== undefined) throw notFound("The specified log stream does not exist.");
    const chosen = streams.filter((name) =>
      logStreamNames ? logStreamNames.includes(name) : name.startsWith(prefix ?? ""),
    );
    const matches = matcherOf(filterPattern);
    const events = chosen
      .flatMap((stream) => readAllEvents(store, group, stream, now).map((event) => ({ ...event, stream })))
      .filter(({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message))
      .sort(compareEvents);
    const query = checksum(
      JSON.stringify([group.name, logStreamNames, prefix, filterPattern, input.startTime, input.endTime]),
    );
    const from = input.nextToken === undefined ? 0 : startOf(input.nextToken, query, events);
    const to = pageEnd(events, { from, limit });
    const last = events[to - 1];
    return {
      events: events.slice(from, to).map((event) => ({
        logStreamName: event.stream,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.ingestedAt,
        eventId: `3${String(event.timestamp).padStart(27, "0")}${String(event.order).padStart(28, "0")}`,
      })),
      searchedLogStreams: [],
      ...(to < events.length && last && { nextToken: tokenAfter(last, query) }),
    };
  },
} satisfies Partial<CloudWatchLogs>;

type StreamEvent = PlacedEvent & { stream: string };

function tokenAfter({ timestamp, order, stream }: StreamEvent, query: string): string {
  return Buffer.from(JSON.stringify({ timestamp, order, stream, query })).toString("base64url");
}

/** The index after the event that a token names; new events may have come before it meanwhile. */
function startOf(token: string, query: string, events: StreamEvent[]): number {
  let after: Partial<StreamEvent & { query: string }>;
  try {
    after = JSON.parse(Buffer.from(token, "base64url").toString()) ?? {};
  } catch {
    return refuseToken();
  }
  const { timestamp, order, stream } = after;
  if (after.query !== query) return refuseToken();
  return events.findIndex((e) => e.timestamp === timestamp && e.order === order && e.stream === stream) + 1;
}
