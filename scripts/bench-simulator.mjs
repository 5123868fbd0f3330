/**
 * Measures the simulator over HTTP and prints figures: `npm run bench:simulator`.
 * 10,000 builds listed, 100 accounts side by side, log lines in and out, memory at the end.
 */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  ImagebuilderClient,
  ListImageBuildVersionsCommand,
  ListImagePipelinesCommand,
} from "@aws-sdk/client-imagebuilder";
import { startSimulator } from "../lib/simulator/index.ts";

const BUILDS = 10_000;
const { url, close } = await startSimulator({ port: 0, seed: `builds=${BUILDS}` });
const config = (accessKeyId) => ({
  region: "us-east-1",
  endpoint: url,
  credentials: { accessKeyId, secretAccessKey: "any" },
});
const imagebuilder = new ImagebuilderClient(config("111111111111"));
const logs = new CloudWatchLogsClient(config("111111111111"));

await timed("first call (plants the demo)", () => imagebuilder.send(new ListImagePipelinesCommand({})));
for (const round of ["first", "second"]) {
  await timed(`all builds listed, 25 a page, ${round} time`, async () => `${await countBuilds()} builds`);
}
await timed(
  "log groups of all builds",
  async () => `${(await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.length} groups`,
);
await timed("newest 50 streams of the largest group", async () => {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/imagebuilder/" }),
  );
  const { logStreams = [] } = await logs.send(
    new DescribeLogStreamsCommand({
      logGroupName: logGroups[0]?.logGroupName,
      orderBy: "LastEventTime",
      descending: true,
    }),
  );
  return `${logStreams.length} streams`;
});
await timed("100 accounts, 5 calls each, side by side", async () => {
  const accounts = Array.from({ length: 100 }, (_, index) => String(200_000_000_000 + index));
  await Promise.all(
    accounts.map(async (account) => {
      const client = new ImagebuilderClient(config(account));
      for (let call = 0; call < 5; call++) await client.send(new ListImagePipelinesCommand({}));
    }),
  );
});
const stream = { logGroupName: "/bench", logStreamName: "lines" };
await logs.send(new CreateLogGroupCommand(stream));
await logs.send(new CreateLogStreamCommand(stream));
await timed("100,000 lines put, 1,000 a call", async () => {
  for (let batch = 0; batch < 100; batch++) {
    const logEvents = Array.from({ length: 1000 }, (_, line) => ({
      timestamp: Date.now(),
      message: `Stdout: line ${batch}/${line}`,
    }));
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }
});
await timed("100,000 lines read, 10,000 a page", async () => {
  let nextToken;
  for (let count = 0; count < 100_000; ) {
    const page = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true, nextToken }));
    count += page.events?.length ?? 0;
    nextToken = page.nextForwardToken;
  }
});
print("memory of server and client together", `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);
await close();

async function countBuilds() {
  let nextToken;
  let count = 0;
  do {
    const page = await imagebuilder.send(new ListImageBuildVersionsCommand({ nextToken }));
    count += page.imageSummaryList?.length ?? 0;
    nextToken = page.nextToken;
  } while (nextToken);
  return count;
}

async function timed(what, work) {
  const start = performance.now();
  const result = await work();
  const ms = Math.round(performance.now() - start);
  print(what, `${ms} ms${typeof result === "string" ? `, ${result}` : ""}`);
}

function print(what, figure) {
  process.stdout.write(`${what.padEnd(48)} ${figure}\n`);
}
