import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSimulator } from "./index";
import { httpClientConfig } from "./testing";

type Running = Awaited<ReturnType<typeof startSimulator>>;

let dataFolder: string;
let running: Running[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "goldsmith-simulator-"));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map(({ close }) => close()));
  rmSync(dataFolder, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startSimulator>[0]> = {}) {
  const simulator = await startSimulator({ port: 0, seed: "empty", dataFolder, ...options });
  running.push(simulator);
  return { ...simulator, config: httpClientConfig(simulator.url) };
}

test("all five protocols are spoken over HTTP", async () => {
  const { config } = await start();
  expect((await new STSClient(config).send(new GetCallerIdentityCommand())).Account).toBe("222222222222");
  expect((await new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({}))).logGroups).toEqual(
    [],
  );
  expect((await new EC2Client(config).send(new DescribeImagesCommand({ Owners: ["self"] }))).Images).toEqual(
    [],
  );
  const s3 = new S3Client(config);
  await s3.send(new CreateBucketCommand({ Bucket: "b" }));
  await s3.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "v" }));
  expect(
    await (await s3.send(new GetObjectCommand({ Bucket: "b", Key: "k" }))).Body?.transformToString(),
  ).toBe("v");
});

test("what was answered survives, even with a last line torn by a crash", async () => {
  const { config } = await start();
  const logs = new CloudWatchLogsClient(config);
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/kept" }));
  const folder = join(dataFolder, "simulator");
  const journal = readdirSync(folder).find((name) => name.endsWith("us-east-1.jsonl")) ?? "";
  // No close before the second start: this is what a kill leaves behind.
  appendFileSync(join(folder, journal), '["logs.groups","/torn",{"name":"/to');
  const again = await start();
  const { logGroups } = await new CloudWatchLogsClient(again.config).send(new DescribeLogGroupsCommand({}));
  expect(logGroups?.map((row) => row.logGroupName)).toEqual(["/kept"]);
});

test("what follows a torn line is kept too", async () => {
  const { config } = await start();
  const logs = new CloudWatchLogsClient(config);
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/one" }));
  const folder = join(dataFolder, "simulator");
  const journal = readdirSync(folder).find((name) => name.endsWith("us-east-1.jsonl")) ?? "";
  appendFileSync(join(folder, journal), '["logs.groups","/torn",{"na');
  const second = await start();
  await new CloudWatchLogsClient(second.config).send(new CreateLogGroupCommand({ logGroupName: "/two" }));
  const third = await start();
  const { logGroups } = await new CloudWatchLogsClient(third.config).send(new DescribeLogGroupsCommand({}));
  expect(logGroups?.map((row) => row.logGroupName)).toEqual(["/one", "/two"]);
});

test("a port in use is said in one line that names the setting", async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  await expect(startSimulator({ port })).rejects.toThrow(
    `The simulator's port ${port} is in use. Stop what listens there, or set GOLDSMITH_SIMULATOR_PORT.`,
  );
});

test("a seed nobody knows is refused before anything is written", async () => {
  await expect(startSimulator({ port: 0, dataFolder, seed: "dmeo" })).rejects.toThrow(
    "GOLDSMITH_SIMULATOR_SEED",
  );
  await start({ seed: "demo" });
});

test("a dropped connection has no answer, and the next call is served", async () => {
  const { config, url } = await start();
  const logs = new CloudWatchLogsClient(config);
  const set = (trouble: object) =>
    fetch(`${url}/_simulator/trouble`, { method: "PUT", body: JSON.stringify(trouble) });
  await set({ dropRate: 1 });
  await expect(logs.send(new DescribeLogGroupsCommand({}))).rejects.not.toHaveProperty(
    "$metadata.httpStatusCode",
  );
  await set({});
  await logs.send(new DescribeLogGroupsCommand({}));
});

test("trouble settings that cannot be read are refused at the start, by the variable's name", async () => {
  await expect(start({ trouble: '{"latency":5}' })).rejects.toThrow(
    "GOLDSMITH_SIMULATOR_TROUBLE is wrong. There is no trouble setting 'latency'.",
  );
});

test("trouble asked for at the start is there from the first call", async () => {
  const { config } = await start({ trouble: '{"denied":["sts:*"]}' });
  await expect(new STSClient(config).send(new GetCallerIdentityCommand())).rejects.toThrow("not authorized");
});
