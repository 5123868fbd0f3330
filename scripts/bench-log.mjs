import "./require-node.mjs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { startConsole, stopConsole } from "./bench-console.mjs";
import { measureLogViewer } from "./bench-log-measure.mjs";
import { preparePeers, servePeers } from "./bench-log-peers.mjs";
import { writeSampleLog } from "./bench-log-sample.mjs";
import { findOrInstallBrowser } from "./find-browser.mjs";
import { projectRoot } from "./prepare-project.mjs";

// `npm run bench:log`: reading a long log with Goldsmith and beside it three viewers that can be had ready-made.
// `npm run bench:log -- goldsmith` measures only those named.
const SAMPLES = [100_000, 1_000_000, 2_000_000];
const PEER_LINES = 1_000_000;
const GOALS = {
  first: 600,
  loaded: 1_500,
  end: 50,
  p95: 17,
  longestTask: 100,
  heap: 15,
  word: 150,
  regex: 400,
};
const port = Number(process.env.BENCH_PORT ?? 3270);
const folder = join(projectRoot, ".cache", "bench-log");
/** Kept from run to run, since compressing the samples takes longest. */
const data = join(folder, "data");
const wanted = process.argv.slice(2);
const searches = {
  word: { query: "openssl", isRegex: false },
  regex: { query: "ERROR.*line=\\d+5 ", isRegex: true },
};
const hasLoaded = () => globalThis.hasLoaded === true;

const VIEWERS = {
  goldsmith: {
    root: "section[aria-label=Log] [role=log]",
    isLoaded: (lines) => {
      const text = document.querySelector("section[aria-label=Log]")?.textContent ?? "";
      return text.includes("Complete") && text.includes(`${lines.toLocaleString("en")} lines`);
    },
    search: {
      input: 'input[aria-label="Search the log"]',
      toggleRegex: 'button[aria-label="Regular expression"]',
      isDone: () => {
        const text = document.querySelector("[aria-label=Log] [role=status]")?.textContent ?? "";
        return text.includes(" of ") && !text.includes("so far");
      },
    },
  },
  "react-log-viewer (PatternFly)": {
    page: "patternfly",
    isLoaded: hasLoaded,
    search: {
      input: "input",
      isDone: () => /\d+\s*\/\s*[1-9]\d*/.test(document.querySelector("#root")?.textContent ?? ""),
    },
  },
  "react-logviewer (melloware)": {
    page: "react-logviewer",
    isLoaded: hasLoaded,
    search: { input: "input", isDone: () => / [1-9]\d* match/.test(document.body.textContent ?? "") },
  },
  "TanStack Virtual, plain": { page: "tanstack-virtual", isLoaded: hasLoaded },
};

const executablePath = await findOrInstallBrowser();
for (const lines of SAMPLES) writeSampleLog(lines, join(folder, `${lines}.log`));
const pages = await keepSamples();
// The history of the demo account is read for minutes after each start, in the same process.
const server = await startConsole({ port, data, env: { GOLDSMITH_HISTORY_RATE: "0" } });
try {
  const rows = [];
  await preparePeers(folder);
  const peers = await servePeers(folder, port + 2);
  await measure("goldsmith", 100_000); // Warms the server up, and is not counted.
  for (const lines of SAMPLES) rows.push(await measure("goldsmith", lines));
  for (const name of Object.keys(VIEWERS).slice(1)) {
    for (const lines of SAMPLES.filter((count) => count <= PEER_LINES)) rows.push(await measure(name, lines));
  }
  peers.close();
  print(rows.filter((row) => row !== undefined));
} finally {
  await stopConsole(server);
}

async function measure(name, lines) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) return undefined;
  const { page, ...viewer } = VIEWERS[name];
  const url = page
    ? `http://127.0.0.1:${port + 2}/${page}.html?${lines}.log`
    : `http://127.0.0.1:${port}${pages.get(lines)}`;
  console.log(`${name}, ${lines.toLocaleString("en")} lines`);
  const { frames, ...figures } = await measureLogViewer({
    root: "#root",
    url,
    lines,
    executablePath,
    searches,
    ...viewer,
  });
  const row = { viewer: name, lines, ...figures, ...frames };
  // The table comes at the end of many minutes: who stops before has what was measured.
  console.log(JSON.stringify(row));
  return row;
}

/** The samples as logs that the console kept: page by number of lines. */
async function keepSamples() {
  const files = SAMPLES.map((lines) => join(folder, `${lines}.log`));
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/bench-log-plant.mjs", ...files];
  const planting = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, GOLDSMITH_DATA: data },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  planting.stdout.on("data", (chunk) => {
    out += chunk;
  });
  const code = await new Promise((settle) => planting.once("exit", settle));
  if (code !== 0) throw new Error("The samples could not be kept.");
  const addresses = out.trim().split("\n");
  return new Map(SAMPLES.map((lines, index) => [lines, addresses[index]]));
}

function print(rows) {
  const number = (value) => (value === undefined ? "–" : Math.round(value * 10) / 10);
  console.log("Milliseconds and MB. `load` is the machine's load average when the run began.");
  console.table(
    rows.map(({ viewer, lines, failure, ...figures }) => ({
      viewer,
      lines: lines.toLocaleString("en"),
      ...Object.fromEntries(
        ["first", "loaded", "end", "p50", "p95", "longestTask", "heap", "backing", "resident", "peak"]
          .concat("word", "regex", "load")
          .map((name) => [name, number(figures[name])]),
      ),
      ...(failure && { failure }),
    })),
  );
  const own = rows.find(({ viewer, lines }) => viewer === "goldsmith" && lines === PEER_LINES);
  if (!own) return;
  console.log(`Goals at ${PEER_LINES.toLocaleString("en")} lines:`);
  for (const [name, goal] of Object.entries(GOALS)) {
    const value = own[name];
    const verdict = value !== undefined && value <= goal ? "reached" : "missed";
    console.log(`  ${name.padEnd(12)} ${String(number(value)).padStart(8)}  goal ${goal}  ${verdict}`);
  }
}
