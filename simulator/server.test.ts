import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SettingError, startSimulator } from "./index";
import { httpClientConfig } from "./testing";
import { LARGEST_BODY_BYTES } from "./wire/protocol";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
/** A process of its own takes seconds to start, and more of them on a busy machine. */
const OWN_PROCESS_MS = 120_000;

type Running = Awaited<ReturnType<typeof startSimulator>>;

let dataFolder: string;
let running: Running[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "imagebuilder-simulator-"));
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

test(
  "what was answered survives a kill in the midst of writing",
  async () => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", MAIN, "--port=0", "--seed=empty", "--data", dataFolder],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const ended = once(child, "exit");
    const [greeting] = await once(child.stdout, "data");
    const [url = ""] = /http:\S+\d/.exec(String(greeting)) ?? [];
    const logs = new CloudWatchLogsClient(httpClientConfig(url));
    const answered: string[] = [];
    const write = async (writer: number) => {
      for (let count = 0; ; count++) {
        const logGroupName = `/kept/${writer}/${count}`;
        await logs.send(new CreateLogGroupCommand({ logGroupName }));
        answered.push(logGroupName);
        if (answered.length === 60) child.kill("SIGKILL");
      }
    };
    await Promise.allSettled([1, 2, 3, 4].map(write));
    await ended;
    const { config } = await start();
    const pages = paginateDescribeLogGroups({ client: new CloudWatchLogsClient(config) }, {});
    const kept: (string | undefined)[] = [];
    for await (const { logGroups = [] } of pages) kept.push(...logGroups.map((row) => row.logGroupName));
    expect(answered.length).toBeGreaterThanOrEqual(60);
    expect(kept).toEqual(expect.arrayContaining(answered));
  },
  OWN_PROCESS_MS,
);

describe("what HTTP allows and no client sends is answered", () => {
  const authorization =
    "authorization: AWS4-HMAC-SHA256 Credential=222222222222/20261121/us-east-1/imagebuilder/aws4_request\r\n";
  const rest = `${authorization}content-length: 2\r\nconnection: close\r\n\r\n{}`;

  test.each([
    ["a host that is none", `POST /ListImages HTTP/1.1\r\nhost: a b%%^\r\n${rest}`, "200"],
    ["no host", `POST /ListImages HTTP/1.0\r\n${rest}`, "200"],
    ["a whole address", `POST http://aws.test/ListImages HTTP/1.1\r\nhost: x\r\n${rest}`, "200"],
    ["two slashes", `POST //aws.test/ListImages HTTP/1.1\r\nhost: x\r\n${rest}`, "404"],
    ["no path", `OPTIONS * HTTP/1.1\r\nhost: x\r\n${rest}`, "404"],
    ["a method that fetch does not know", `TRACE / HTTP/1.1\r\nhost: x\r\n${rest}`, "400"],
    ["no HTTP", "\x16\x03\x01 hello\r\n\r\n", "400"],
  ])("%s", async (_what, text, status) => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write(text);
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test("a body beyond measure, which is not kept", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/CreateComponent`, {
      method: "PUT",
      headers: { authorization: authorization.slice("authorization: ".length).trim() },
      body: new Uint8Array(LARGEST_BODY_BYTES + 1),
    });
    expect(response.status).toBe(413);
    expect(response.headers.get("x-amzn-errortype")).toBe("RequestEntityTooLargeException");
  });
});

test("a port in use is said in one line that names the setting", async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  await expect(startSimulator({ port })).rejects.toThrow(
    new SettingError(
      "port",
      `The simulator's port ${port} is in use. Stop what listens there, or choose another port.`,
    ),
  );
  await expect(startSimulator({ port })).rejects.toHaveProperty("setting", "port");
});

test("a second start in the same folder, refused or not, takes nothing of the first away", async () => {
  const first = await start();
  const logs = new CloudWatchLogsClient(first.config);
  const logGroupName = "/first";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  for (const retentionInDays of [7, 14]) {
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  }
  await expect(start({ port: Number(new URL(first.url).port) })).rejects.toThrow("is in use");
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/after-the-refused-start" }));
  await start();
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/after-the-second-start" }));
  const last = await start();
  const { logGroups } = await new CloudWatchLogsClient(last.config).send(new DescribeLogGroupsCommand({}));
  expect(logGroups?.map((row) => [row.logGroupName, row.retentionInDays])).toEqual([
    ["/after-the-refused-start", undefined],
    ["/after-the-second-start", undefined],
    [logGroupName, 14],
  ]);
});

test("a damaged journal is named with its line, and the port is free again", async () => {
  const folder = join(dataFolder, "simulator");
  mkdirSync(folder);
  writeFileSync(join(folder, "222222222222.us-east-1.jsonl"), 'not JSON\n["logs.groups","/a"]\n');
  const { url, close } = await startSimulator({ port: 0, seed: "empty" });
  await close();
  const port = Number(new URL(url).port);
  await expect(start({ port })).rejects.toThrow("222222222222.us-east-1.jsonl is damaged at line 1.");
  await start({ port, dataFolder: join(dataFolder, "other") });
});

test("a seed nobody knows is refused before anything is written", async () => {
  await expect(startSimulator({ port: 0, dataFolder, seed: "dmeo" })).rejects.toHaveProperty(
    "setting",
    "seed",
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

test("trouble settings that cannot be read are refused at the start, by the setting's name", async () => {
  const refused = start({ trouble: '{"latency":5}' });
  await expect(refused).rejects.toThrow("There is no trouble setting 'latency'.");
  await expect(refused).rejects.toHaveProperty("setting", "trouble");
});

test("trouble asked for at the start is there from the first call", async () => {
  const { config } = await start({ trouble: '{"denied":["sts:*"]}' });
  await expect(new STSClient(config).send(new GetCallerIdentityCommand())).rejects.toThrow("not authorized");
});
