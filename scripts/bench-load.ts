/**
 * `npm run bench:load`: 200 people on live pages for a minute, and what they got. Each person has an account of their
 * own, signed by a load balancer's key as in production; each polls as an open page does and a quarter follows a log.
 */
import { spawn } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, SignJWT } from "jose";
import { buildIfNeeded, projectRoot } from "./prepare-project.mjs";

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 200);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
const PORT = Number(process.env.BENCH_PORT ?? 3290);
const POLL_MS = 2_500;
const COMERS_AT_ONCE = 4;
/** What 200 people look at: the list, the overview, builds, one pipeline; each is polled as its page does. */
const PAGES = ["pipelines", "overview", "image-builds", "pipelines/web-base"];
const ISSUER = "https://proxy.example.com";
const AUDIENCE = "goldsmith-bench";

await buildIfNeeded();
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = { ...(await exportJWK(publicKey)), kid: "bench", alg: "ES256", use: "sig" };
const keys = createServer((_, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ keys: [jwk] }));
});
await new Promise<void>((resolve) => keys.listen(PORT + 2, "127.0.0.1", resolve));
const folder = mkdtempSync(join(tmpdir(), "goldsmith-bench-load-"));
const server = spawn(process.execPath, ["scripts/start.mjs"], {
  cwd: projectRoot,
  env: {
    ...process.env,
    PORT: String(PORT),
    GOLDSMITH_SIMULATOR_PORT: String(PORT + 1),
    GOLDSMITH_DATA: folder,
    GOLDSMITH_LOG_LEVEL: "error",
    GOLDSMITH_PROXY: "jwt",
    GOLDSMITH_PROXY_HEADER: "x-bench-token",
    GOLDSMITH_PROXY_ISSUER: ISSUER,
    GOLDSMITH_PROXY_AUDIENCE: AUDIENCE,
    GOLDSMITH_PROXY_KEYS: `http://127.0.0.1:${PORT + 2}/keys`,
    GOLDSMITH_ROLES: JSON.stringify([{ group: "*", role: "viewer" }]),
  },
  stdio: ["ignore", "pipe", "inherit"],
});

type Read = { ms: number; ok: boolean; what: string };
const reads: Read[] = [];
const memory: number[] = [];
let unchanged = 0;
let logBytes = 0;
let openLogs = 0;
try {
  await new Promise<void>((resolve, reject) => {
    server.stdout.on("data", (chunk) => String(chunk).includes("is ready at") && resolve());
    server.once("exit", (code) => reject(new Error(`the console ended with ${code}`)));
  });
  await openPages();
  const until = performance.now() + SECONDS * 1000;
  const sampler = setInterval(() => memory.push(memoryMiB()), 1_000);
  const people = Array.from({ length: PEOPLE }, (_, number) => visit(number, until));
  await Promise.all(people);
  clearInterval(sampler);
  print();
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  keys.close();
  rmSync(folder, { recursive: true, force: true });
}

function pageOf(number: number): string {
  return PAGES[number % PAGES.length] ?? "pipelines";
}

/** Before the minute: people come one after another, a few at once, and each opens a page. */
async function openPages(): Promise<void> {
  let next = 0;
  const comers = Array.from({ length: COMERS_AT_ONCE }, async () => {
    for (let number = next++; number < PEOPLE; number = next++) {
      const page = pageOf(number);
      const path = page === "overview" ? "" : `/${page === "image-builds" ? "images" : page}`;
      await read(`/demo${path}`, { "x-bench-token": await tokenOf(number, privateKey) }, "page");
    }
  });
  await Promise.all(comers);
}

async function visit(number: number, until: number): Promise<void> {
  const headers = { "x-bench-token": await tokenOf(number, privateKey) };
  // Their polls fall at different times.
  await pause((number / PEOPLE) * POLL_MS);
  const page = pageOf(number);
  const left = new AbortController();
  let etag: string | undefined;
  const log = number % 4 === 0 ? followLog(headers, left.signal) : undefined;
  while (performance.now() < until) {
    const startedAt = performance.now();
    etag = await read(`/api/demo/${page}`, headers, "poll", etag);
    await pause(Math.max(0, POLL_MS - (performance.now() - startedAt)));
  }
  left.abort();
  await log;
}

/** One read, with the tag of the answer that this reader holds already; gives the tag of what was answered. */
async function read(
  path: string,
  headers: Record<string, string>,
  what: string,
  etag?: string,
): Promise<string | undefined> {
  const startedAt = performance.now();
  const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
    headers: etag ? { ...headers, "if-none-match": etag } : headers,
    redirect: "manual",
  }).catch(() => undefined);
  await response?.arrayBuffer().catch(() => undefined);
  const { status } = response ?? {};
  if (status === 304) unchanged++;
  reads.push({ ms: performance.now() - startedAt, ok: status === 200 || (!!etag && status === 304), what });
  return response?.headers.get("etag") ?? undefined;
}

/** The newest build's log, as its page streams it. */
async function followLog(headers: Record<string, string>, signal: AbortSignal): Promise<void> {
  try {
    const list = await fetch(`http://127.0.0.1:${PORT}/api/demo/image-builds`, { headers, signal });
    const builds = (await list.json()) as { name: string; version: string; build: string; status: string }[];
    const build = builds.find(({ status }) => status === "BUILDING") ?? builds[0];
    if (!build) return;
    const url = `http://127.0.0.1:${PORT}/api/demo/image-builds/${build.name}/${build.version}/${build.build}/log`;
    const response = await fetch(url, { headers, signal });
    if (!response.ok || !response.body) {
      reads.push({ ms: 0, ok: false, what: "log" });
      return;
    }
    openLogs++;
    for await (const chunk of response.body) logBytes += (chunk as Uint8Array).length;
  } catch (error) {
    if (!signal.aborted) reads.push({ ms: 0, ok: false, what: `log: ${error}` });
  }
}

function tokenOf(number: number, key: KeyObject): Promise<string> {
  return new SignJWT({
    email: `person-${number}@example.com`,
    name: `Person ${number}`,
    groups: ["people"],
  })
    .setProtectedHeader({ alg: "ES256", kid: "bench" })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(`person-${number}`)
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(key);
}

function memoryMiB(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function print(): void {
  const percentile = (list: number[], share: number) =>
    Math.round(list.toSorted((a, b) => a - b)[Math.ceil(list.length * share) - 1] ?? 0);
  const failed = reads.filter(({ ok }) => !ok);
  const line = (what: string) => {
    const times = reads.filter((each) => each.what === what && each.ok).map(({ ms }) => ms);
    return `${times.length}: median ${percentile(times, 0.5)} ms, p95 ${percentile(times, 0.95)} ms, p99 ${percentile(times, 0.99)} ms`;
  };
  const third = Math.floor(memory.length / 3);
  const mean = (list: number[]) =>
    Math.round(list.reduce((sum, each) => sum + each, 0) / Math.max(1, list.length));
  console.log(
    `${PEOPLE} people, ${SECONDS} s, ${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)} (the people run on them too)`,
  );
  console.log(`polls  ${line("poll")}; ${unchanged} of them found nothing new`);
  console.log(`pages  ${line("page")}`);
  console.log(`logs   ${openLogs} followed, ${(logBytes / 1e6).toFixed(1)} MB`);
  console.log(
    `errors ${failed.length}${failed.length ? ` (${[...new Set(failed.map(({ what }) => what))].join("; ")})` : ""}`,
  );
  console.log(
    `memory ${mean(memory.slice(0, third))} MiB in the first third, ${mean(memory.slice(third, 2 * third))} in the second, ${mean(memory.slice(2 * third))} in the last, ${Math.max(0, ...memory)} at most`,
  );
  const p95 = percentile(
    reads.filter(({ what, ok }) => what === "poll" && ok).map(({ ms }) => ms),
    0.95,
  );
  process.exitCode = failed.length === 0 && p95 <= 300 ? 0 : 1;
}
