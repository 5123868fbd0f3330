import "./require-node.mjs";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetImageCommand, ImagebuilderClient, ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import { chromium } from "@playwright/test";
import { startConsole, stopConsole } from "./bench-console.mjs";
import { browserFlags, findOrInstallBrowser } from "./find-browser.mjs";

// `npm run bench:tail`: from the moment a line can be read at CloudWatch's API until it is painted in a browser that
// follows the log, when the log is quiet and at 5,000 lines a second.
const QUIET = { title: "quiet, a line at a time", batches: 40, lines: 1, everyMs: 1_370 };
const BUSY = { title: "5,000 lines a second", batches: 150, lines: 1_000, everyMs: 200 };
const GOALS = { [QUIET.title]: { p50: 500 }, [BUSY.title]: { p95: 1_500 } };
const SETTLE_MS = 5_000;
const port = Number(process.env.BENCH_PORT ?? 3280);
const account = {
  endpoint: `http://127.0.0.1:${port + 1}`,
  region: "us-east-1",
  credentials: { accessKeyId: "111111111111", secretAccessKey: "any" },
};
const pause = (ms) => new Promise((settle) => setTimeout(settle, ms));
let written = 0;

const executablePath = await findOrInstallBrowser();
const data = mkdtempSync(join(tmpdir(), "goldsmith-bench-tail-"));
// Slow enough that the build that is followed runs as long as the benchmark does.
const server = await startConsole({ port, data, env: { GOLDSMITH_SIMULATOR_SPEED: "1" } });
const browser = await chromium.launch({ executablePath, args: [...browserFlags, "--disable-gpu"] });
try {
  const { group, stream, path } = await findRunningBuild();
  const logs = new CloudWatchLogsClient(account);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(watchLog);
  await page.goto(`http://127.0.0.1:${port}${path}`);
  await page.getByRole("button", { name: "Follow new lines", pressed: true }).waitFor();
  const cli = followByCli(group, stream);
  await pause(SETTLE_MS);
  const rows = [];
  for (const run of [QUIET, BUSY]) {
    console.log(run.title);
    const load = loadavg()[0];
    const readable = await write(logs, { group, stream, ...run });
    await pause(SETTLE_MS);
    const painted = await page.evaluate(() => globalThis.painted);
    rows.push({ reader: "Goldsmith", run: run.title, ...delays(readable, painted), load });
    if (cli)
      rows.push({ reader: "aws logs tail --follow", run: run.title, ...delays(readable, cli.seen), load });
  }
  cli?.stop();
  print(rows, cli !== undefined);
} finally {
  await browser.close();
  await stopConsole(server);
  rmSync(data, { recursive: true, force: true });
}

/** Writes batches at their pace; gives for each the number of its last line and when it could be read. */
async function write(logs, { group, stream, batches, lines, everyMs }) {
  const readable = [];
  const startedAt = Date.now();
  for (let batch = 0; batch < batches; batch++) {
    await pause(startedAt + batch * everyMs - Date.now());
    const timestamp = Date.now();
    const logEvents = Array.from({ length: lines }, () => ({
      timestamp,
      message: `Stdout: tail=${String(++written).padStart(7, "0")} Installing package openssl`,
    }));
    await logs.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: stream, logEvents }));
    readable.push({ line: written, at: Date.now() });
  }
  return readable;
}

/** `seen` are the highest numbers so far and when each was there. */
function delays(readable, seen) {
  const all = readable
    .map(({ line, at }) => (seen.find(([number]) => number >= line)?.[1] ?? Number.POSITIVE_INFINITY) - at)
    .toSorted((a, b) => a - b);
  const share = (part) => all[Math.floor((all.length - 1) * part)];
  return { batches: all.length, p50: share(0.5), p95: share(0.95), most: all.at(-1) };
}

/** The demo account has builds under way; one that waits for an approval says nothing by itself. */
async function findRunningBuild() {
  const client = new ImagebuilderClient(account);
  const { imageVersionList = [] } = await client.send(new ListImagesCommand({ owner: "Self" }));
  const { arn } = imageVersionList.find(({ name }) => name === "Hardened-Base") ?? {};
  for (let build = 9; arn && build > 0; build--) {
    const command = new GetImageCommand({ imageBuildVersionArn: `${arn}/${build}` });
    const { image } = await client.send(command).catch(() => ({}));
    if (!image) continue;
    const [name, version] = arn.split(":image/")[1].split("/");
    return {
      group: image.loggingConfiguration?.logGroupName ?? `/aws/imagebuilder/${image.name}`,
      stream: `${version}/${build}`,
      path: `/demo/images/${name}/${version}/${build}`,
    };
  }
  throw new Error("The demo account has no build under way.");
}

/** The AWS CLI's own way to follow a log, which only version 2 has; undefined where it is not installed. */
function followByCli(group, stream) {
  const version = spawnSync("aws", ["--version"], { encoding: "utf8" });
  if (!version.stdout?.startsWith("aws-cli/2.")) return undefined;
  const seen = [];
  const args = ["logs", "tail", group, "--log-stream-names", stream, "--follow", "--format", "short"];
  const tail = spawn("aws", [...args, "--endpoint-url", account.endpoint, "--region", account.region], {
    env: { ...process.env, AWS_ACCESS_KEY_ID: "111111111111", AWS_SECRET_ACCESS_KEY: "any" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  tail.stdout.on("data", (chunk) => {
    const numbers = [...String(chunk).matchAll(/tail=(\d{7})/g)].map(([, number]) => Number(number));
    if (numbers.length > 0) seen.push([Math.max(...numbers), Date.now()]);
  });
  return { seen, stop: () => tail.kill("SIGTERM") };
}

/** Runs in the page before its scripts: which line was painted when. */
function watchLog() {
  const painted = [];
  globalThis.painted = painted;
  let highest = 0;
  const look = () => {
    const text = document.querySelector("[role=log]")?.textContent ?? "";
    for (const [, number] of text.matchAll(/tail=(\d{7})/g)) {
      if (Number(number) <= highest) continue;
      highest = Number(number);
      // This frame is painted before the next one begins.
      requestAnimationFrame(() => painted.push([Number(number), performance.timeOrigin + performance.now()]));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function print(rows, hasCli) {
  const round = (value) => (Number.isFinite(value) ? Math.round(value * 10) / 10 : "never");
  console.log("Milliseconds from readable at the API to painted. `load` is the machine's load average.");
  console.table(
    rows.map(({ reader, run, batches, ...figures }) => ({
      reader,
      run,
      batches,
      ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)])),
    })),
  );
  if (!hasCli)
    console.log("The AWS CLI is not measured beside it: version 2, which has `logs tail`, is not installed.");
  for (const { run, ...figures } of rows.filter(({ reader }) => reader === "Goldsmith")) {
    for (const [name, goal] of Object.entries(GOALS[run] ?? {})) {
      const verdict = figures[name] <= goal ? "reached" : "missed";
      console.log(`  ${run}: ${name} ${round(figures[name])}  goal ${goal}  ${verdict}`);
    }
  }
}
