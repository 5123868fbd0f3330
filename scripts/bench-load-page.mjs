import "./require-node.mjs";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { findOrInstallBrowser } from "./find-browser.mjs";
import { measurePageLoad } from "./measure-page-load.mjs";
import { projectRoot } from "./prepare-project.mjs";

// What a browser loads before the pipelines page shows its first row, the median of five fresh profiles.
// Beside it, measured the same way on other machines' hardware: Tekton dashboard 267 + 52 KB, 11 requests,
// usable after 1.5 s; Red Hat's image builder 439 + 91 KB.
const RUNS = 5;
const port = Number(process.env.BENCH_PORT ?? 3290);
const data = mkdtempSync(join(tmpdir(), "goldsmith-bench-"));
const url = `http://127.0.0.1:${port}/demo/pipelines`;

const server = spawn(process.execPath, ["scripts/start.mjs"], {
  cwd: projectRoot,
  env: {
    ...process.env,
    PORT: String(port),
    GOLDSMITH_SIMULATOR_PORT: String(port + 1),
    GOLDSMITH_DATA: data,
  },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const executablePath = await findOrInstallBrowser();
  await serving();
  await measurePageLoad({ url, executablePath });
  const loads = [];
  for (let run = 0; run < RUNS; run++) loads.push(await measurePageLoad({ url, executablePath }));
  print(loads);
} finally {
  server.kill("SIGTERM");
  await new Promise((settle) => server.once("exit", settle));
  rmSync(data, { recursive: true, force: true });
}

function serving() {
  return new Promise((settle, reject) => {
    server.stdout.on("data", (chunk) => String(chunk).includes("is ready at") && settle());
    server.once("exit", () => reject(new Error("The console did not start.")));
  });
}

function print(loads) {
  const median = (read) => loads.map(read).sort((a, b) => a - b)[Math.floor(loads.length / 2)];
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  const ms = (value) => `${Math.round(value)} ms`;
  const last = loads[loads.length - 1];
  console.log(`${url}, median of ${RUNS}, load average ${loadavg()[0].toFixed(1)}`);
  console.table({
    "JavaScript, brotli 11": kb(median((load) => load.scriptBytes)),
    "CSS, brotli 11": kb(median((load) => load.styleBytes)),
    "requests before the first row": median((load) => load.requests.length),
    "first contentful paint": ms(median((load) => load.firstPaintMs)),
    "first row": ms(median((load) => load.firstRowMs)),
    "blocking time": ms(median((load) => load.blockingMs)),
  });
  console.log("Files fetched:");
  for (const file of last.files.toSorted((a, b) => b.brotliBytes - a.brotliBytes)) {
    console.log(`${kb(file.brotliBytes).padStart(10)}  ${new URL(file.url).pathname}`);
  }
  console.log("Requests before the first row:");
  for (const request of last.requests) console.log(`  ${new URL(request).pathname}`);
}
