import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  GetImageCommand,
  ImagebuilderClient,
  type ImageSummary,
  ListImageBuildVersionsCommand,
} from "@aws-sdk/client-imagebuilder";
import { beforeAll, expect, test } from "vitest";
import { clientConfig, createSimulator, DEMO_ACCOUNT, manualClock } from "../../testing";

const BUILDS = 240;
/** Each with its own memory of what it has worked out. */
const connect = () => {
  const clock = manualClock(Date.UTC(2026, 10, 21, 7));
  return clientConfig(createSimulator({ seed: `builds=${BUILDS}`, clock }), { account: DEMO_ACCOUNT });
};
const listed = new ImagebuilderClient(connect());
const other = connect();
const imagebuilder = new ImagebuilderClient(other);
const logs = new CloudWatchLogsClient(other);
const summaries: ImageSummary[] = [];

beforeAll(async () => {
  let nextToken: string | undefined;
  do {
    const page = await listed.send(new ListImageBuildVersionsCommand({ nextToken }));
    summaries.push(...(page.imageSummaryList ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
});

test("a list says of each build what GetImage says", async () => {
  expect(summaries).toHaveLength(BUILDS);
  for (const { arn, owner: _, ...summary } of summaries) {
    const { image } = await imagebuilder.send(new GetImageCommand({ imageBuildVersionArn: arn }));
    expect(image).toMatchObject(summary);
  }
});

test("EC2 has the AMIs of every available build of the demo", async () => {
  const demo = clientConfig(createSimulator({ clock: manualClock(Date.UTC(2026, 10, 21, 7)) }), {
    account: DEMO_ACCOUNT,
  });
  const { Images = [] } = await new EC2Client(demo).send(new DescribeImagesCommand({ Owners: ["self"] }));
  const there = new Map(Images.map(({ ImageId, Name }) => [ImageId, Name]));
  const builder = new ImagebuilderClient(demo);
  let nextToken: string | undefined;
  let count = 0;
  do {
    const page = await builder.send(new ListImageBuildVersionsCommand({ nextToken }));
    for (const { state, outputResources } of page.imageSummaryList ?? []) {
      const own = outputResources?.amis?.filter(
        ({ region, accountId }) => region === "us-east-1" && accountId === DEMO_ACCOUNT,
      );
      for (const { image, name } of (state?.status === "AVAILABLE" && own) || []) {
        expect(there.get(image)).toBe(name);
        count++;
      }
    }
    nextToken = page.nextToken;
  } while (nextToken);
  expect(count).toBeGreaterThan(300);
});

test("the log of each ended build ends in the state that lists give it", async () => {
  const failed = new Set<string>();
  for (const { name, version, state } of summaries) {
    if (state?.status === "FAILED") failed.add(state.reason ?? "");
    const stream = { logGroupName: `/aws/imagebuilder/${name}`, logStreamName: version };
    const { events = [] } = await logs.send(new GetLogEventsCommand({ ...stream, limit: 5 }));
    const entered = events.flatMap(({ message = "" }) => /transitioned to (\w+)/.exec(message)?.[1] ?? []);
    expect(entered.at(-1)).toBe(state?.status);
  }
  expect(failed.size).toBeGreaterThan(3);
});
