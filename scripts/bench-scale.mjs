import "./require-node.mjs";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateImagePipelineCommand,
  ImagebuilderClient,
  ListImagePipelinesCommand,
} from "@aws-sdk/client-imagebuilder";
import { startConsole, stopConsole } from "./bench-console.mjs";

// `npm run bench:scale`: the pages that list everything, of an account with 20,000 builds and 1,000 pipelines. The
// first byte, and the calls of Image Builder that a page costs: the history's sync is off while they are counted.
const BUILDS = Number(process.env.BENCH_BUILDS ?? 20_000);
const PIPELINES = Number(process.env.BENCH_PIPELINES ?? 1_000);
const READS = Number(process.env.BENCH_READS ?? 20);
const port = Number(process.env.BENCH_PORT ?? 3290);
const PAGES = (process.env.BENCH_PAGES ?? "/demo,/demo/pipelines,/demo/images,/demo/builds").split(",");
const origin = `http://127.0.0.1:${port}`;
const data = mkdtempSync(join(tmpdir(), "goldsmith-bench-scale-"));
const start = (rate) =>
  startConsole({
    port,
    data,
    env: {
      GOLDSMITH_SIMULATOR_SEED: `builds=${BUILDS}`,
      GOLDSMITH_HISTORY_RATE: String(rate),
      GOLDSMITH_LOG_LEVEL: "error",
    },
  });

let server = await start(100);
try {
  await plantPipelines();
  const first = [];
  for (const page of PAGES) first.push(await measured(page));
  await indexed();
  await stopConsole(server);
  server = await start(0);
  const rows = [];
  for (const [index, page] of PAGES.entries()) rows.push(await row(page, first[index]));
  console.log(
    `${BUILDS} builds, ${PIPELINES} pipelines, ${READS} reads, load average ${loadavg()[0].toFixed(1)}`,
  );
  console.table(Object.fromEntries(rows));
} finally {
  await stopConsole(server);
  rmSync(data, { recursive: true, force: true });
}

async function row(page, first) {
  const afterStart = await measured(page);
  const reads = [];
  for (let read = 0; read < READS; read++) {
    reads.push(await measured(page));
    await new Promise((settle) => setTimeout(settle, 500));
  }
  const times = reads.map(({ firstByteMs }) => firstByteMs).sort((a, b) => a - b);
  const calls = reads.reduce((sum, read) => sum + read.calls, 0);
  const ms = (value) => `${Math.round(value)} ms`;
  return [
    page,
    {
      "before the index": first.status === 200 ? ms(first.firstByteMs) : first.status,
      "after a start": `${ms(afterStart.firstByteMs)}, ${afterStart.calls} calls`,
      median: ms(times[Math.floor(times.length / 2)]),
      p95: ms(times[Math.floor(times.length * 0.95)]),
      "calls in all": calls,
      KB: Math.round(reads[0].bytes / 1000),
      status: reads[0].status,
    },
  ];
}

/** Milliseconds to the first byte of a page, its bytes, and the calls of Image Builder until it was whole. */
async function measured(page) {
  const before = await countCalls();
  const startedAt = performance.now();
  const { status, firstByteMs, bytes } = await new Promise((settle, reject) => {
    const asked = request(`${origin}${page}`, (response) => {
      let bytes = 0;
      let firstByteMs;
      response.on("data", (chunk) => {
        firstByteMs ??= performance.now() - startedAt;
        bytes += chunk.length;
      });
      response.on("end", () => settle({ status: response.statusCode, firstByteMs, bytes }));
    });
    asked.on("error", reject);
    asked.end();
  });
  return { status, firstByteMs, bytes, calls: (await countCalls()) - before };
}

async function countCalls() {
  const text = await (await fetch(`${origin}/api/metrics`)).text();
  return [...text.matchAll(/^goldsmith_aws_calls_total\{[^}]*service="imagebuilder"[^}]*\} (\d+)/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

/** Until every build is listed; what is in each is not waited for. */
async function indexed() {
  for (;;) {
    const { phase } = await (await fetch(`${origin}/api/demo/history/progress`)).json();
    if (phase === "reading" || phase === "following") break;
    await new Promise((settle) => setTimeout(settle, 1_000));
  }
  await new Promise((settle) => setTimeout(settle, 20_000));
}

/** Pipelines that never ran, beside the ten of the demo account, of whose first all are copies. */
async function plantPipelines() {
  const client = new ImagebuilderClient({
    endpoint: `http://127.0.0.1:${port + 1}`,
    region: "us-east-1",
    credentials: { accessKeyId: "111111111111", secretAccessKey: "any" },
  });
  const { imagePipelineList } = await client.send(new ListImagePipelinesCommand({}));
  const model = imagePipelineList.find(({ imageRecipeArn }) => imageRecipeArn);
  for (let number = imagePipelineList.length; number < PIPELINES; number++) {
    await client.send(
      new CreateImagePipelineCommand({
        name: `fleet-${String(number).padStart(4, "0")}`,
        imageRecipeArn: model.imageRecipeArn,
        infrastructureConfigurationArn: model.infrastructureConfigurationArn,
      }),
    );
  }
  client.destroy();
}
