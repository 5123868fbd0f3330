import { invalid, refuseToken } from "./groups";
import { readEvents, requireGroup, requireStream } from "./log-reader";
import type { CloudWatchLogs } from "./operations";
import type { PlacedEvent } from "./placed-event";

const DAY_MS = 86_400_000;
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
/** What CloudWatch Logs counts for an event besides its message. */
const EVENT_OVERHEAD_BYTES = 26;

export const logEvents = {
  PutLogEvents({ store, now }, { logGroupName, logStreamName = "", logEvents: given = [] }) {
    const group = requireGroup(store, { logGroupName }, now).name;
    requireStream(store, group, logStreamName, now);
    const events = given.map(({ timestamp = 0, message = "" }) => ({ timestamp, message }));
    refuseBadBatch(events);
    const tooOld = events.findLastIndex(({ timestamp }) => timestamp < now - 14 * DAY_MS);
    const tooNew = events.findIndex(({ timestamp }) => timestamp > now + DAY_MS / 12);
    const accepted = events.slice(tooOld + 1, tooNew < 0 ? undefined : tooNew);
    if (accepted.length > 0)
      store.append({ group, stream: logStreamName, ingestedAt: now, events: accepted });
    return {
      nextSequenceToken: "49039859602384530243850243850243850243850243850243850243",
      ...((tooOld >= 0 || tooNew >= 0) && {
        rejectedLogEventsInfo: {
          ...(tooOld >= 0 && { tooOldLogEventEndIndex: tooOld + 1 }),
          ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
        },
      }),
    };
  },

  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
  GetLogEvents({ store, now }, input) {
    const {
      logStreamName = "",
      startTime = 0,
      endTime = Number.POSITIVE_INFINITY,
      limit = MAX_EVENTS,
    } = input;
    const group = requireGroup(store, input, now);
    requireStream(store, group.name, logStreamName, now);
    const events = readEvents(store, group, logStreamName, now).filter(
      ({ timestamp }) => timestamp >= startTime && timestamp < endTime,
    );
    const token = input.nextToken === undefined ? undefined : readToken(input.nextToken);
    const backward = token ? token.direction === "b" : !input.startFromHead;
    let from: number;
    let to: number;
    if (backward) {
      to = token ? firstAt(events, token) : events.length;
      from = pageStart(events, to, limit);
    } else {
      from = token ? firstAt(events, token) : 0;
      to = pageEnd(events, from, limit);
    }
    const page = events.slice(from, to);
    // An empty page gives the token back that asked for it: that is how callers know the end.
    const at = token ?? { timestamp: startTime, order: 0 };
    const [first = at] = page;
    const last = page.at(-1);
    return {
      events: page.map(({ timestamp, message, ingestedAt }) => ({
        timestamp,
        message,
        ingestionTime: ingestedAt,
      })),
      nextForwardToken: writeToken("f", last ? { timestamp: last.timestamp, order: last.order + 1 } : at),
      nextBackwardToken: writeToken("b", first),
    };
  },
} satisfies Partial<CloudWatchLogs>;

interface Position {
  timestamp: number;
  order: number;
}

/** The index of the first event at or after a position. */
function firstAt(events: readonly PlacedEvent[], { timestamp, order }: Position): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event && (event.timestamp < timestamp || (event.timestamp === timestamp && event.order < order)))
      low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a page that begins at `from` ends: at most `limit` events, at most 1 MB, at least one. */
export function pageEnd(events: readonly PlacedEvent[], from: number, limit: number): number {
  let bytes = 0;
  let to = from;
  while (to < events.length && to - from < limit) {
    bytes += eventBytes(events[to]);
    if (bytes > MAX_BYTES && to > from) break;
    to++;
  }
  return to;
}

function pageStart(events: readonly PlacedEvent[], to: number, limit: number): number {
  let bytes = 0;
  let from = to;
  while (from > 0 && to - from < limit) {
    bytes += eventBytes(events[from - 1]);
    if (bytes > MAX_BYTES && from < to) break;
    from--;
  }
  return from;
}

function eventBytes(event: { message: string } | undefined): number {
  return Buffer.byteLength(event?.message ?? "") + EVENT_OVERHEAD_BYTES;
}

function refuseBadBatch(events: { timestamp: number; message: string }[]): void {
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    const earlier = events[index - 1];
    if (earlier && event.timestamp < earlier.timestamp) {
      throw invalid("Log events in a single PutLogEvents request must be in chronological order.");
    }
    bytes += eventBytes(event);
  }
  const span = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
  if (span > DAY_MS)
    throw invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  if (bytes > MAX_BYTES) throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BYTES}`);
}

/** Tokens look as CloudWatch's do: a direction and 56 digits. The leading 3 keeps the zeros of the time. */
function writeToken(direction: "f" | "b", { timestamp, order }: Position): string {
  return `${direction}/3${String(timestamp).padStart(27, "0")}${String(order).padStart(28, "0")}/s`;
}

function readToken(token: string): Position & { direction: "f" | "b" } {
  const [, direction, timestamp, order] = /^([fb])\/3(\d{27})(\d{28})\/s$/.exec(token) ?? [];
  if (!direction) refuseToken();
  return { direction: direction === "f" ? "f" : "b", timestamp: Number(timestamp), order: Number(order) };
}
