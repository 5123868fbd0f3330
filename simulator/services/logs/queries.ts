import { ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import { stableUuid } from "../../engine/ids";
import { checksum } from "../../engine/page";
import { invalid } from "./groups";
import { fieldValue, parseQuery, type QueryEvent } from "./insights-query";
import { allStreams, groupNameOf, readAllEvents, requireGroup } from "./log-reader";
import type { CloudWatchLogs } from "./operations";
import type { LogsStore, QueryRow } from "./store";

const DEFAULT_LIMIT = 10_000;
/** A query shows no result at once, so that callers learn to ask again. */
const RUNNING_MS = 300;

export const queries = {
  StartQuery({ store, now, requestId }, input) {
    const named = [
      input.logGroupName ?? [],
      input.logGroupNames ?? [],
      input.logGroupIdentifiers ?? [],
    ].flat();
    if (named.length === 0) throw invalid("At least one log group is required.");
    const groups = named.map((name) => requireGroup(store, { logGroupIdentifier: name }, now).name);
    const queryString = input.queryString ?? "";
    parseQuery(queryString);
    const row = store.queries.put({
      id: stableUuid(requestId),
      groups: groups.map(groupNameOf),
      queryString,
      from: (input.startTime ?? 0) * 1000,
      to: (input.endTime ?? 0) * 1000 + 999,
      limit: input.limit ?? DEFAULT_LIMIT,
      startedAt: now,
      stopped: false,
    });
    return { queryId: row.id };
  },

  GetQueryResults({ store, now }, { queryId }) {
    const row = requireQuery(store, queryId);
    const status = statusOf(row, now);
    const empty = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 };
    if (status !== "Complete")
      return { status, results: [], statistics: empty, queryLanguage: "CWLI" as const };
    const query = parseQuery(row.queryString);
    const scanned = eventsOf(store, row);
    const matched = scanned.filter(query.keep).sort((a, b) => a.timestamp - b.timestamp);
    if (query.newestFirst) matched.reverse();
    return {
      status,
      queryLanguage: "CWLI" as const,
      results: matched
        .slice(0, Math.min(query.limit ?? DEFAULT_LIMIT, row.limit))
        .map((event) => [
          ...query.fields.map((field) => ({ field, value: fieldValue(event, field) })),
          { field: "@ptr", value: pointerTo(event) },
        ]),
      statistics: {
        recordsMatched: matched.length,
        recordsScanned: scanned.length,
        bytesScanned: scanned.reduce((bytes, { message }) => bytes + Buffer.byteLength(message), 0),
      },
    };
  },

  StopQuery({ store, now }, { queryId }) {
    const row = requireQuery(store, queryId);
    if (statusOf(row, now) !== "Running") throw invalid(`Provided query id: ${row.id} is not running`);
    store.queries.put({ ...row, stopped: true });
    return { success: true };
  },

  DescribeQueries({ store, now }, input) {
    const rows = store.queries
      .list((row) => !input.logGroupName || row.groups.includes(input.logGroupName))
      .filter((row) => !input.status || statusOf(row, now) === input.status);
    return {
      queries: rows.map((row) => ({
        queryId: row.id,
        queryString: row.queryString,
        status: statusOf(row, now),
        createTime: row.startedAt,
        logGroupName: row.groups[0],
      })),
    };
  },
} satisfies Partial<CloudWatchLogs>;

function requireQuery(store: LogsStore, id = ""): QueryRow {
  const row = store.queries.get(id);
  if (row) return row;
  throw new ResourceNotFoundException({ message: `Query with id ${id} does not exist.`, $metadata: {} });
}

function statusOf(row: QueryRow, now: number) {
  if (row.stopped) return "Cancelled" as const;
  return now - row.startedAt < RUNNING_MS ? ("Running" as const) : ("Complete" as const);
}

/** A query sees what had arrived when it was started. */
function eventsOf(store: LogsStore, row: QueryRow): QueryEvent[] {
  return row.groups.flatMap((name) => {
    const group = requireGroup(store, { logGroupName: name }, row.startedAt);
    return allStreams(store, name, row.startedAt).flatMap((stream) =>
      readAllEvents(store, group, stream.name, row.startedAt)
        .filter(({ timestamp }) => timestamp >= row.from && timestamp <= row.to)
        .map((event) => ({ ...event, stream: stream.name, log: `${store.account}:${name}` })),
    );
  });
}

function pointerTo({ log, stream, timestamp, message }: QueryEvent): string {
  return Buffer.from(`${log} ${stream} ${timestamp} ${checksum(message)}`).toString("base64");
}
