/**
 * Measures the simulator in a process of its own over HTTP and prints figures, each the median of several runs:
 * `npm run bench` (`RUNS=5 npm run bench`). What has to hold is issue 3's last section and issue 5's live goals.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as cloudWatchLogs from "@aws-sdk/client-cloudwatch-logs";
import * as imageBuilder from "@aws-sdk/client-imagebuilder";

const RUNS = Number(process.env.RUNS ?? 3);
const BUILDS = Number(process.env.BUILDS ?? 10_000);
const LINES = 1_000_000;
/** At the default speed of 25, this many lines a second of the build's time are 5,000 on the clock. */
const LIVE_LINES = { count: 40_000, perSecond: 200 };
const DEMO = "111111111111";
const OWN = "222222222222";

const { ImagebuilderClient } = imageBuilder;
const { CloudWatchLogsClient } = cloudWatchLogs;
const figures = new Map();
/** Ends the name of a figure: what of it was the server's own work. */
const OF_SERVER = "|";

const [{ model = "unknown processor" } = {}] = cpus();
print(`Machine: ${cpus().length} x ${model.trim()}, ${gib(totalmem())} GiB, Node ${process.version}`);
print(`Load when it began: ${loadavg()[0].toFixed(1)}. Beside other work, trust the processor times.`);
print(`Medians of ${RUNS} runs, ${BUILDS} seeded builds, client and server on one machine.`);
for (let run = 1; run <= RUNS; run++) {
  process.stderr.write(`run ${run} of ${RUNS}\n`);
  await measure();
}
for (const [name, values] of figures) {
  const label = name.endsWith(OF_SERVER) ? "  processor time of the server" : name;
  print(`${label.padEnd(58)} ${median(values)} ${values.unit}`);
}

async function measure() {
  const server = await startServer();
  try {
    note("start-up to the first answer", server.startedInMs, "ms");
    note(`start-up to the first answer${OF_SERVER}`, server.processorMs(), "ms");
    const builder = new ImagebuilderClient(server.config(DEMO));
    const pageMs = [];
    await noteTimes(`${BUILDS} builds listed to the end, first time`, server, () =>
      listBuilds(builder, pageMs),
    );
    note("  slowest page of 25", Math.max(...pageMs), "ms");
    await noteTimes(`${BUILDS} builds listed to the end, again`, server, () => listBuilds(builder));
    note("memory of the server after that", server.memoryMiB("VmRSS"), "MiB");
    await noteTimes("100 accounts side by side, 5 calls each", server, () => manyAccounts(server));
    const logs = new CloudWatchLogsClient(server.config(OWN));
    await measurePutAndGet(logs);
    await measureBuildLogs(server, logs);
    note("memory of the server at the end", server.memoryMiB("VmRSS"), "MiB");
    note("memory of the server at its highest", server.memoryMiB("VmHWM"), "MiB");
  } finally {
    await server.stop();
  }
}

async function listBuilds(client, pageMs = []) {
  let nextToken;
  let count = 0;
  do {
    const start = performance.now();
    const page = await client.send(new imageBuilder.ListImageBuildVersionsCommand({ nextToken }));
    pageMs.push(Math.round(performance.now() - start));
    count += page.imageSummaryList?.length ?? 0;
    nextToken = page.nextToken;
  } while (nextToken);
  if (count !== BUILDS) throw new Error(`${count} builds were listed instead of ${BUILDS}.`);
}

async function manyAccounts(server) {
  const accounts = Array.from({ length: 100 }, (_, index) => String(300_000_000_000 + index));
  await Promise.all(
    accounts.map(async (account) => {
      const client = new ImagebuilderClient(server.config(account));
      for (let call = 0; call < 5; call++) await client.send(new imageBuilder.ListImagePipelinesCommand({}));
    }),
  );
}

async function measurePutAndGet(logs) {
  const stream = { logGroupName: "/bench", logStreamName: "lines" };
  await logs.send(new cloudWatchLogs.CreateLogGroupCommand(stream));
  await logs.send(new cloudWatchLogs.CreateLogStreamCommand(stream));
  const putMs = await timed(async () => {
    for (let batch = 0; batch < 100; batch++) {
      const logEvents = Array.from({ length: 1000 }, (_, line) => ({
        timestamp: Date.now(),
        message: `Stdout: line ${batch}/${line} of a build that says what it does`,
      }));
      await logs.send(new cloudWatchLogs.PutLogEventsCommand({ ...stream, logEvents }));
    }
  });
  note("PutLogEvents, 1,000 lines a call", Math.round(100_000 / (putMs / 1000)), "lines/s");
  const pages = await readAll(logs, stream);
  if (pages.events !== 100_000) throw new Error(`${pages.events} events came back instead of 100000.`);
  note("GetLogEvents, a page of 10,000 events", median(pages.fullMs), "ms");
}

/** The logs of two builds: one of a million lines that has ended, one that is written while it is read. */
async function measureBuildLogs(server, logs) {
  const builder = new ImagebuilderClient(server.config(OWN));
  const ended = await startBuild(builder, "million", `print-lines ${LINES}`);
  const live = await startBuild(builder, "live", `print-lines ${LIVE_LINES.count} ${LIVE_LINES.perSecond}`);
  const { rate, askedMs } = await followLive(logs, live);
  note("build that writes 5,000 lines/s, read every 200 ms", rate, "lines/s");
  note("  GetLogEvents of it", median(askedMs), "ms");
  await waitUntilEnded(builder, ended.arn);
  const firstMs = await timed(() =>
    logs.send(new cloudWatchLogs.GetLogEventsCommand({ ...ended.stream, startFromHead: true })),
  );
  note("log of 1,000,000 lines: first page", firstMs, "ms");
  note(
    "log of 1,000,000 lines: last page",
    await timed(() => logs.send(new cloudWatchLogs.GetLogEventsCommand(ended.stream))),
    "ms",
  );
  let events;
  await noteTimes("log of 1,000,000 lines: all pages, one after another", server, async () => {
    ({ events } = await readAll(logs, ended.stream));
  });
  if (events < LINES) throw new Error(`${events} lines came back instead of ${LINES}.`);
}

async function followLive(logs, { stream }) {
  const askedMs = [];
  let first;
  let last;
  let count = 0;
  let nextToken;
  while (count < LIVE_LINES.count) {
    const start = performance.now();
    const page = await logs
      .send(new cloudWatchLogs.GetLogEventsCommand({ ...stream, startFromHead: true, nextToken }))
      .catch(() => undefined);
    nextToken = page?.nextForwardToken ?? nextToken;
    const printed = (page?.events ?? []).filter(({ message }) => message.includes(`/${LIVE_LINES.count} `));
    if (printed.length > 0) {
      askedMs.push(Math.round(performance.now() - start));
      first ??= printed[0].timestamp;
      last = printed.at(-1).timestamp;
      count += printed.length;
    }
    await sleep(200);
  }
  return { rate: Math.round(count / ((last - first) / 1000)), askedMs };
}

async function readAll(logs, stream) {
  const fullMs = [];
  let nextToken;
  for (let events = 0; ; ) {
    const start = performance.now();
    const page = await logs.send(
      new cloudWatchLogs.GetLogEventsCommand({ ...stream, startFromHead: true, nextToken }),
    );
    const count = page.events?.length ?? 0;
    if (count === 10_000) fullMs.push(Math.round(performance.now() - start));
    if (count === 0) return { events, fullMs };
    events += count;
    nextToken = page.nextForwardToken;
  }
}

async function startBuild(builder, name, command) {
  const version = { semanticVersion: "1.0.0" };
  const data = `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Print\n        action: ExecuteBash\n        inputs:\n          commands:\n            - ${command}\n`;
  const { componentBuildVersionArn: componentArn } = await builder.send(
    new imageBuilder.CreateComponentCommand({ name, platform: "Linux", data, ...version }),
  );
  const { imageRecipeArn } = await builder.send(
    new imageBuilder.CreateImageRecipeCommand({
      name,
      ...version,
      parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
      components: [{ componentArn }],
    }),
  );
  const { infrastructureConfigurationArn } = await builder.send(
    new imageBuilder.CreateInfrastructureConfigurationCommand({
      name,
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
    }),
  );
  const { imageBuildVersionArn: arn } = await builder.send(
    new imageBuilder.CreateImageCommand({ imageRecipeArn, infrastructureConfigurationArn }),
  );
  return { arn, stream: { logGroupName: `/aws/imagebuilder/${name}`, logStreamName: "1.0.0/1" } };
}

async function waitUntilEnded(builder, imageBuildVersionArn) {
  for (;;) {
    const { image } = await builder.send(new imageBuilder.GetImageCommand({ imageBuildVersionArn }));
    if (image?.state?.status === "AVAILABLE") return;
    if (image?.state?.status === "FAILED") throw new Error(image.state.reason);
    await sleep(500);
  }
}

async function startServer() {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "goldsmith-bench-"));
  const url = `http://127.0.0.1:${port}`;
  const config = (accessKeyId) => ({
    region: "us-east-1",
    endpoint: url,
    credentials: { accessKeyId, secretAccessKey: "any" },
  });
  const start = performance.now();
  const options = [`--port=${port}`, `--data=${folder}`, `--seed=builds=${BUILDS}`];
  const child = spawn(process.execPath, ["--import", "tsx", "simulator/main.ts", ...options], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });
  const client = new ImagebuilderClient({ ...config(DEMO), maxAttempts: 1 });
  const answers = () => client.send(new imageBuilder.ListImagePipelinesCommand({})).catch(() => undefined);
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error("The simulator did not start.");
    await sleep(20);
  }
  return {
    config,
    startedInMs: Math.round(performance.now() - start),
    processorMs: () => processorMs(child.pid),
    memoryMiB: (field) => memoryMiB(child.pid, field),
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As Linux counts it; elsewhere the figure is left out. */
function memoryMiB(pid, field) {
  try {
    const [, kib] = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kib) / 1024);
  } catch {
    return Number.NaN;
  }
}

/** User and system time so far, in the 10 ms steps of Linux; elsewhere the figure is left out. */
function processorMs(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function timed(work) {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}

async function noteTimes(name, server, work) {
  const before = server.processorMs();
  note(name, await timed(work), "ms");
  note(`${name}${OF_SERVER}`, server.processorMs() - before, "ms");
}

function note(name, value, unit) {
  const values = figures.get(name) ?? Object.assign([], { unit });
  values.push(value);
  figures.set(name, values);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function gib(bytes) {
  return Math.round(bytes / 2 ** 30);
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
