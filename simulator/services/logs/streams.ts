import { pageOf } from "../../engine/page";
import { alreadyExists, groupArn, invalid, refuseToken } from "./groups";
import { allStreams, lastEventAt, readEvents, requireGroup, requireStream } from "./log-reader";
import type { CloudWatchLogs } from "./operations";
import { type LogGroup, type LogStream, type LogsStore, streamKey } from "./store";

export const logStreams = {
  CreateLogStream({ store, now }, { logGroupName, logStreamName: name = "" }) {
    const group = requireGroup(store, { logGroupName }, now).name;
    if (allStreams(store, group, now).some((stream) => stream.name === name)) {
      throw alreadyExists("The specified log stream already exists");
    }
    store.streams.put({ group, name, createdAt: now });
    return {};
  },

  DeleteLogStream({ store, now }, { logGroupName, logStreamName: name = "" }) {
    const group = requireGroup(store, { logGroupName }, now).name;
    requireStream(store, group, name, now);
    store.dropStream(group, name);
    store.deletions.put({ key: streamKey(group, name), at: now });
    return {};
  },

  DescribeLogStreams({ store, now }, input) {
    const { logStreamNamePrefix: prefix = "", orderBy = "LogStreamName", descending = false } = input;
    const group = requireGroup(store, input, now);
    if (orderBy === "LastEventTime" && prefix) {
      throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    const streams = allStreams(store, group.name, now).filter(({ name }) => name.startsWith(prefix));
    if (orderBy === "LastEventTime") {
      const time = new Map(streams.map(({ name }) => [name, lastEventAt(store, group, name, now) ?? 0]));
      streams.sort((a, b) => (time.get(a.name) ?? 0) - (time.get(b.name) ?? 0));
    }
    if (descending) streams.reverse();
    const query = { group: group.name, prefix, orderBy, descending };
    const request = { nextToken: input.nextToken, maxResults: input.limit };
    const page = pageOf(streams, request, { defaultSize: 50, query, refuse: refuseToken });
    return {
      logStreams: page.items.map((stream) => describeStream(store, group, stream, now)),
      nextToken: page.nextToken,
    };
  },
} satisfies Partial<CloudWatchLogs>;

function describeStream(store: LogsStore, group: LogGroup, stream: LogStream, now: number) {
  const events = readEvents(store, group, stream.name, now);
  const last = events.at(-1);
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    firstEventTimestamp: events.at(0)?.timestamp,
    lastEventTimestamp: last?.timestamp,
    lastIngestionTime: last?.ingestedAt,
    uploadSequenceToken: "49039859602384530243850243850243850243850243850243850243",
    arn: `${groupArn(store, group.name)}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}
