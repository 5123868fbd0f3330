import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartLiveTailCommand,
  StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { beforeEach, describe, expect, test } from "vitest";
import { clientConfig, createSimulator, manualClock } from "../../testing";

const NOW = Date.UTC(2026, 10, 20, 12);
const clock = manualClock(NOW);
let logs: CloudWatchLogsClient;

beforeEach(() => {
  clock.set(NOW);
  logs = new CloudWatchLogsClient(clientConfig(createSimulator({ clock, seed: "empty" })));
});

const group = { logGroupName: "/aws/imagebuilder/Web" };
const stream = { ...group, logStreamName: "1.0.0/1" };

async function givenStream(messages: string[]) {
  await logs.send(new CreateLogGroupCommand(group));
  await logs.send(new CreateLogStreamCommand(stream));
  if (messages.length > 0) await put(messages);
}

async function put(messages: string[], from = NOW - 60_000) {
  const logEvents = messages.map((message, index) => ({ message, timestamp: from + index }));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
}

describe("GetLogEvents", () => {
  test("without a token gives the newest events, from the head the oldest", async () => {
    await givenStream(["a", "b", "c", "d"]);
    const newest = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2 }));
    expect(newest.events?.map((event) => event.message)).toEqual(["c", "d"]);
    const oldest = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2, startFromHead: true }));
    expect(oldest.events?.map((event) => event.message)).toEqual(["a", "b"]);
  });

  test("forward tokens walk to the end, then repeat until something new arrives", async () => {
    await givenStream(["a", "b", "c"]);
    const seen: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < 2; page++) {
      const answer = await logs.send(
        new GetLogEventsCommand({ ...stream, limit: 2, startFromHead: true, nextToken: token }),
      );
      seen.push(...(answer.events ?? []).map((event) => event.message ?? ""));
      token = answer.nextForwardToken;
    }
    expect(seen).toEqual(["a", "b", "c"]);
    const end = await logs.send(
      new GetLogEventsCommand({ ...stream, startFromHead: true, nextToken: token }),
    );
    expect(end.events).toEqual([]);
    expect(end.nextForwardToken).toBe(token);
    await put(["d"], NOW);
    const more = await logs.send(
      new GetLogEventsCommand({ ...stream, startFromHead: true, nextToken: token }),
    );
    expect(more.events?.map((event) => event.message)).toEqual(["d"]);
  });

  test("backward tokens walk to the beginning, then repeat", async () => {
    await givenStream(["a", "b", "c"]);
    const last = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2 }));
    const first = await logs.send(
      new GetLogEventsCommand({ ...stream, limit: 2, nextToken: last.nextBackwardToken }),
    );
    expect(first.events?.map((event) => event.message)).toEqual(["a"]);
    const none = await logs.send(
      new GetLogEventsCommand({ ...stream, limit: 2, nextToken: first.nextBackwardToken }),
    );
    expect(none.events).toEqual([]);
    expect(none.nextBackwardToken).toBe(first.nextBackwardToken);
  });

  test("a page holds at most 1 MB", async () => {
    await givenStream([]);
    for (let batch = 0; batch < 3; batch++)
      await put([`${batch}`.repeat(200_000), "x".repeat(200_000)], NOW - 1000 + batch * 10);
    const page = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true }));
    expect(page.events).toHaveLength(5);
  });

  test("a token nobody gave is refused", async () => {
    await givenStream(["a"]);
    const error = await logs
      .send(new GetLogEventsCommand({ ...stream, nextToken: "f/1/s" }))
      .catch((thrown) => thrown);
    expect(error.name).toBe("InvalidParameterException");
    expect(error.message).toContain("nextToken");
  });
});

test("a stream that does not exist answers ResourceNotFoundException", async () => {
  const error = await logs.send(new GetLogEventsCommand(stream)).catch((thrown) => thrown);
  expect(error.name).toBe("ResourceNotFoundException");
  expect(error.$metadata.httpStatusCode).toBe(400);
});

test("a name outside the pattern is refused by the name of its member", async () => {
  const error = await logs
    .send(new CreateLogGroupCommand({ logGroupName: "no spaces" }))
    .catch((thrown) => thrown);
  expect(error.name).toBe("InvalidParameterException");
  expect(error.message).toContain("'logGroupName' failed to satisfy constraint");
});

test("groups and streams are listed by prefix and by the time of their last event", async () => {
  await givenStream(["a"]);
  await logs.send(new CreateLogStreamCommand({ ...group, logStreamName: "0.9.0/7" }));
  const groups = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/imagebuilder/" }));
  expect(groups.logGroups?.[0]).toMatchObject({
    ...group,
    creationTime: NOW,
    arn: "arn:aws:logs:us-east-1:222222222222:log-group:/aws/imagebuilder/Web:*",
  });
  const streams = await logs.send(
    new DescribeLogStreamsCommand({ ...group, orderBy: "LastEventTime", descending: true }),
  );
  expect(streams.logStreams?.map((row) => row.logStreamName)).toEqual(["1.0.0/1", "0.9.0/7"]);
});

test("FilterLogEvents finds terms, phrases and exclusions, page by page", async () => {
  await givenStream(["Step One", "Stdout: error: disk full", "Stdout: fine", "Stderr: error: net"]);
  const found = async (filterPattern: string) =>
    (await logs.send(new FilterLogEventsCommand({ ...group, filterPattern }))).events?.map(
      (event) => event.message,
    );
  expect(await found("error -Stderr")).toEqual(["Stdout: error: disk full"]);
  expect(await found('"error: net"')).toEqual(["Stderr: error: net"]);
  expect(await found("?fine ?One")).toEqual(["Step One", "Stdout: fine"]);
  expect(await found("%d.sk%")).toEqual(["Stdout: error: disk full"]);
  const first = await logs.send(new FilterLogEventsCommand({ ...group, limit: 3 }));
  const second = await logs.send(
    new FilterLogEventsCommand({ ...group, limit: 3, nextToken: first.nextToken }),
  );
  expect([first.events?.length, second.events?.length, second.nextToken]).toEqual([3, 1, undefined]);
});

test("the lines of a group whose name ends in -late arrive in bursts", async () => {
  const late = { logGroupName: "/aws/imagebuilder/web-late", logStreamName: "1.0.0/1" };
  await logs.send(new CreateLogGroupCommand({ logGroupName: late.logGroupName }));
  await logs.send(new CreateLogStreamCommand(late));
  clock.advance(1000);
  const logEvents = [{ timestamp: clock.now(), message: "held back" }];
  await logs.send(new PutLogEventsCommand({ ...late, logEvents }));
  const read = async () => (await logs.send(new GetLogEventsCommand(late))).events?.length;
  expect(await read()).toBe(0);
  clock.advance(20_000);
  expect(await read()).toBe(1);
});

describe("Insights", () => {
  const day = { startTime: NOW / 1000 - 86_400, endTime: NOW / 1000 + 86_400 };

  test("a query runs, then gives the lines it found, newest first", async () => {
    await givenStream(["Step One", "Stdout: error: disk full", "Stdout: fine", "Stderr: error: net"]);
    const queryString =
      'fields @timestamp, @message | filter @message like /ERROR/i and @message not like "net" | limit 5';
    const { queryId } = await logs.send(new StartQueryCommand({ ...group, ...day, queryString }));
    expect((await logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe("Running");
    clock.advance(500);
    const answer = await logs.send(new GetQueryResultsCommand({ queryId }));
    expect(answer.status).toBe("Complete");
    expect(answer.results?.map((row) => row.slice(0, 2))).toEqual([
      [
        { field: "@timestamp", value: "2026-11-20 11:59:00.001" },
        { field: "@message", value: "Stdout: error: disk full" },
      ],
    ]);
    expect(answer.statistics).toMatchObject({ recordsMatched: 1, recordsScanned: 4 });
  });

  test("what it cannot do is refused as malformed", async () => {
    await givenStream(["a"]);
    const query = new StartQueryCommand({ ...group, ...day, queryString: "stats count(*) by bin(5m)" });
    await expect(logs.send(query)).rejects.toMatchObject({ name: "MalformedQueryException" });
  });
});

test("a live tail begins with its session and then tells what arrives", async () => {
  await givenStream(["before"]);
  const logGroupIdentifiers = ["arn:aws:logs:us-east-1:222222222222:log-group:/aws/imagebuilder/Web"];
  const { responseStream } = await logs.send(new StartLiveTailCommand({ logGroupIdentifiers }));
  const kinds: string[] = [];
  for await (const event of responseStream ?? []) {
    kinds.push(Object.keys(event).join());
    if (event.sessionStart) {
      clock.advance(1000);
      await put(["after"], clock.now());
    }
    if (!event.sessionUpdate) continue;
    expect(event.sessionUpdate.sessionResults?.map(({ message }) => message)).toEqual(["after"]);
    break;
  }
  expect(kinds).toEqual(["sessionStart", "sessionUpdate"]);
});
