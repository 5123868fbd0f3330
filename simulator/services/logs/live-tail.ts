import { setTimeout as sleep } from "node:timers/promises";
import type { StartLiveTailResponseStream } from "@aws-sdk/client-cloudwatch-logs";
import { stableUuid } from "../../engine/ids";
import { matcherOf } from "./filter-pattern";
import { allStreams, groupNameOf, readAllEvents, requireGroup } from "./log-reader";
import type { CloudWatchLogs } from "./operations";
import type { LogsStore } from "./store";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
const UPDATE_EVERY_MS = 1000;
const MOST_PER_UPDATE = 500;
const SESSION_MS = 3 * 60 * 60 * 1000;

interface Tail {
  groups: string[];
  streamNames: string[] | undefined;
  streamPrefixes: string[] | undefined;
  filterPattern: string | undefined;
}

export const liveTail = {
  StartLiveTail({ store, now, requestId }, input) {
    const groups = (input.logGroupIdentifiers ?? []).map(
      (name) => requireGroup(store, { logGroupIdentifier: name }, now).name,
    );
    const tail = {
      groups: groups.map(groupNameOf),
      streamNames: input.logStreamNames,
      streamPrefixes: input.logStreamNamePrefixes,
      filterPattern: input.logEventFilterPattern,
    };
    matcherOf(tail.filterPattern ?? "");
    return { responseStream: session(store, tail, { id: stableUuid(requestId), from: now }) };
  },
} satisfies Partial<CloudWatchLogs>;

/** A session outlives its request, so it keeps its own time: the store's clock, looked at every second. */
async function* session(
  store: LogsStore,
  tail: Tail,
  { id, from }: { id: string; from: number },
): AsyncGenerator<StartLiveTailResponseStream> {
  yield {
    sessionStart: {
      requestId: id,
      sessionId: id,
      logGroupIdentifiers: tail.groups,
      logStreamNames: tail.streamNames,
      logStreamNamePrefixes: tail.streamPrefixes,
      logEventFilterPattern: tail.filterPattern,
    },
  };
  for (let seenUntil = from; store.now() < from + SESSION_MS; ) {
    await sleep(UPDATE_EVERY_MS);
    const until = store.now();
    const found = arrivals(store, tail, seenUntil, until);
    seenUntil = until;
    yield {
      sessionUpdate: {
        sessionMetadata: { sampled: found.length > MOST_PER_UPDATE },
        sessionResults: found.slice(0, MOST_PER_UPDATE),
      },
    };
  }
}

/** What became readable after one moment and up to another. */
function arrivals(store: LogsStore, tail: Tail, after: number, until: number) {
  const matches = matcherOf(tail.filterPattern ?? "");
  const isWanted = (stream: string) =>
    (!tail.streamNames || tail.streamNames.includes(stream)) &&
    (!tail.streamPrefixes || tail.streamPrefixes.some((prefix) => stream.startsWith(prefix)));
  return tail.groups.flatMap((name) => {
    const group = requireGroup(store, { logGroupName: name }, until);
    const from = store.readableUntil(name, after);
    const to = store.readableUntil(name, until);
    const streams = allStreams(store, name, until).filter((stream) => isWanted(stream.name));
    return streams.flatMap((stream) => {
      return readAllEvents(store, group, stream.name, until)
        .filter(({ ingestedAt }) => ingestedAt > from && ingestedAt <= to)
        .filter(({ message }) => matches(message))
        .map(({ timestamp, message, ingestedAt }) => ({
          logGroupIdentifier: `${store.account}:${name}`,
          logStreamName: stream.name,
          timestamp,
          message,
          ingestionTime: ingestedAt,
        }));
    });
  });
}
