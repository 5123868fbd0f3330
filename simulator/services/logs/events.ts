import { DAY_MS } from "../../engine/clock";
import { type EventList, firstAt, itemsOf } from "./event-list";
import { invalid, refuseToken } from "./groups";
import { readEvents, requireGroup, requireStream } from "./log-reader";
import type { CloudWatchLogs } from "./operations";
import { eventBytes } from "./placed-event";

const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;

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
    const events = readEvents(store, group, logStreamName, now);
    const begin = firstAt(events, { timestamp: startTime, order: 0 });
    const end = Math.max(begin, firstAt(events, { timestamp: endTime, order: 0 }));
    const within = (index: number) => Math.min(Math.max(index, begin), end);
    const token = input.nextToken === undefined ? undefined : readToken(input.nextToken);
    const backward = token ? token.direction === "b" : !input.startFromHead;
    let from: number;
    let to: number;
    if (backward) {
      to = token ? within(firstAt(events, token)) : end;
      from = pageStart(events, { begin, to, limit });
    } else {
      from = token ? within(firstAt(events, token)) : begin;
      to = pageEnd(events, { from, end, limit });
    }
    const page = itemsOf(events, from, to);
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

/** Where a page that begins at `from` ends: at most `limit` events, at most 1 MB, at least one. */
export function pageEnd(
  events: EventList,
  { from, end = events.length, limit }: { from: number; end?: number; limit: number },
): number {
  let bytes = 0;
  let to = from;
  while (to < end && to - from < limit) {
    bytes += eventBytes(events.at(to));
    if (bytes > MAX_BYTES && to > from) break;
    to++;
  }
  return to;
}

function pageStart(
  events: EventList,
  { begin, to, limit }: { begin: number; to: number; limit: number },
): number {
  let bytes = 0;
  let from = to;
  while (from > begin && to - from < limit) {
    bytes += eventBytes(events.at(from - 1));
    if (bytes > MAX_BYTES && from < to) break;
    from--;
  }
  return from;
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
