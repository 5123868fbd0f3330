#!/usr/bin/env node
/**
 * `goldsmith run PIPELINE --wait`: runs a pipeline through the console's API and tells how the build goes. Plain Node,
 * so that this one file can be copied to wherever a pipeline runs. docs/api.md explains it.
 */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

const USAGE = `Usage: goldsmith run PIPELINE --target TARGET [--wait] [--timeout MINUTES] [--json]

  --target    the target's ID, or GOLDSMITH_TARGET; not needed where the token has one target
  --wait      wait for the build, and print the failing step when it fails
  --timeout   stop waiting after so many minutes; the build continues (default: 240)
  --json      print the build as JSON on standard output at the end

GOLDSMITH_URL is the console's address, GOLDSMITH_TOKEN an API token.
Exit codes: 0 succeeded or started, 1 failed or canceled, 2 refused or used wrongly, 3 no answer in time.`;

const EXIT = { good: 0, failed: 1, refused: 2, unanswered: 3 };
const WAIT_SECONDS = 30;
/** A console that restarts or is throttled is asked again, for so many tries in a row. */
const MOST_TRIES = 8;

/** Ends the program with a sentence and a code. */
class Stop extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Text of others on a terminal: control characters could move the cursor or hide what was printed. */
const plain = (text) => String(text).replaceAll(/[^\P{C}\t]/gu, "\uFFFD");
const say = (text) => process.stderr.write(`${text}\n`);

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        target: { type: "string", default: process.env.GOLDSMITH_TARGET },
        wait: { type: "boolean", default: false },
        timeout: { type: "string", default: "240" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) throw new Stop(EXIT.good, USAGE);
    const [command, pipeline, ...rest] = positionals;
    const minutes = Number(values.timeout);
    if (command !== "run" || !pipeline || rest.length > 0 || !(minutes > 0))
      throw new Stop(EXIT.refused, USAGE);
    return { ...values, pipeline, minutes };
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(EXIT.refused, `${error.message}\n\n${USAGE}`);
  }
}

function connect() {
  const { GOLDSMITH_URL: url, GOLDSMITH_TOKEN: token } = process.env;
  if (!url || !URL.canParse(url)) throw new Stop(EXIT.refused, "Set GOLDSMITH_URL to the console's address.");
  if (!token) throw new Stop(EXIT.refused, "Set GOLDSMITH_TOKEN to an API token.");
  const { protocol, hostname, origin } = new URL(url);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol !== "https:" && !isLoopback)
    throw new Stop(EXIT.refused, "GOLDSMITH_URL must be https: the token would be read on its way.");
  return { origin, token };
}

/** Asks the API, again where that may help. Returns undefined for 304. */
async function ask({ origin, token }, path, { method = "GET", headers = {} } = {}) {
  for (let tried = 1; ; tried += 1) {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      // A token goes to the console and nowhere else.
      redirect: "error",
      headers: { authorization: `Bearer ${token}`, accept: "application/json", ...headers },
      signal: AbortSignal.timeout((WAIT_SECONDS + 60) * 1000),
    }).catch((error) => ({ ok: false, status: 0, error }));
    if (response.status === 304) return undefined;
    if (response.ok) return { body: await response.json(), etag: response.headers.get("etag") };
    const isTemporary = [0, 429, 502, 503, 504].includes(response.status);
    if (!isTemporary || tried >= MOST_TRIES) throw await refusalOf(response, origin);
    const seconds = Number(response.headers?.get("retry-after")) || 2 ** Math.min(tried, 5);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

async function refusalOf(response, origin) {
  if (response.error)
    return new Stop(
      EXIT.unanswered,
      `${origin} isn't responding: ${response.error.cause?.message ?? response.error.message}`,
    );
  const { detail, requestId } = await response.json().catch(() => ({}));
  const code = response.status >= 500 ? EXIT.unanswered : EXIT.refused;
  return new Stop(
    code,
    `${plain(detail ?? `The console answered ${response.status}.`)}${requestId ? ` (request ${plain(requestId)})` : ""}`,
  );
}

async function targetOf(console_, given) {
  if (given) return given;
  const { body } = await ask(console_, "/targets");
  const [only, ...others] = body.items.map(({ id }) => id);
  if (only && others.length === 0) return only;
  throw new Stop(EXIT.refused, `Say which target with --target: ${[only, ...others].join(", ")}.`);
}

/** Says each stage and step as it begins and ends. */
function progress() {
  const told = new Map();
  return (build) => {
    const now = [
      ...build.stages.map(({ name, state }) => [`stage ${name}`, name, state]),
      ...build.steps.map(({ id, name, workflow, status }) => [`step ${id}`, `  ${workflow} ${name}`, status]),
    ];
    for (const [key, name, state] of now) {
      if (told.get(key) === state || /^(waiting|PENDING)$/.test(state)) continue;
      told.set(key, state);
      say(`${plain(name)}: ${plain(state).toLowerCase()}`);
    }
  };
}

async function waitFor(console_, path, minutes) {
  const until = Date.now() + minutes * 60_000;
  const tell = progress();
  for (let etag; ; ) {
    const seconds = Math.min(WAIT_SECONDS, Math.max(1, Math.ceil((until - Date.now()) / 1000)));
    const headers = etag ? { "if-none-match": etag } : {};
    // The first look does not wait, so that what is known is told at once.
    const answer = await ask(console_, `${path}?wait=${etag ? seconds : 0}`, { headers });
    if (answer) {
      etag = answer.etag;
      tell(answer.body);
      if (answer.body.result !== "running") return answer.body;
    }
    if (Date.now() >= until)
      throw new Stop(EXIT.unanswered, `The build is still running after ${minutes} minutes.`);
  }
}

/** The failing step, its lines and why, as Packer's users expect them. */
async function tellFailure(console_, path, build) {
  say("");
  say(`Build failed: ${plain(build.reason ?? build.status)}`);
  const { body: failure } = await ask(console_, `${path}/failure`);
  const where = [failure.stage, failure.workflowStep, failure.component, failure.phase, failure.step];
  say(`Failed in: ${where.filter(Boolean).map(plain).join(" > ")}`);
  if (failure.exitCode !== undefined) say(`Exit code: ${failure.exitCode}`);
  if (failure.lines.length > 0) say("");
  for (const { number, text } of failure.lines)
    say(`${number === failure.evidence?.line ? ">" : " "} ${String(number).padStart(6)} | ${plain(text)}`);
  if (failure.lines.length === 0 && failure.evidence) say(plain(failure.evidence.text));
  say("");
  if (failure.cause) {
    say(`${plain(failure.cause.title)}. ${plain(failure.cause.cause)}`);
    say(`Fix: ${plain(failure.cause.fix)}`);
  } else for (const hint of failure.checklist) say(`- ${plain(hint)}`);
  say(plain(failure.url));
}

/** One line for each output: its Region and its AMI or the address of its container image. */
function tellOutputs({ amis, containers }) {
  const uris = containers.flatMap(({ region, imageUris }) => imageUris.map((uri) => [region, uri]));
  for (const [region, id] of [...amis.map((ami) => [ami.region, ami.amiId]), ...uris])
    process.stdout.write(`${plain(region)} ${plain(id)}\n`);
}

async function main() {
  const { pipeline, wait, minutes, json, ...given } = readArguments();
  const console_ = connect();
  const target = encodeURIComponent(await targetOf(console_, given.target));
  // One key for all tries: a run whose answer was lost is not started twice.
  const { body: started } = await ask(
    console_,
    `/targets/${target}/pipelines/${encodeURIComponent(pipeline)}/runs`,
    {
      method: "POST",
      headers: { "idempotency-key": randomUUID() },
    },
  );
  say(
    `Build ${plain(`${started.image} ${started.version}/${started.build}`)} started: ${plain(started.url)}`,
  );
  const path = `/targets/${target}/builds/${[started.image, started.version, started.build].map(encodeURIComponent).join("/")}`;
  if (!wait) {
    if (json) process.stdout.write(`${JSON.stringify(started)}\n`);
    return EXIT.good;
  }
  const build = await waitFor(console_, path, minutes);
  if (json) process.stdout.write(`${JSON.stringify(build)}\n`);
  if (build.result === "succeeded") {
    say(
      `Build succeeded${build.durationSeconds ? ` in ${Math.round(build.durationSeconds / 60)} min` : ""}.`,
    );
    if (!json) tellOutputs(build);
    return EXIT.good;
  }
  if (build.result === "failed") await tellFailure(console_, path, build);
  else say("The build was canceled.");
  return EXIT.failed;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    say(error.message);
    process.exitCode = error instanceof Stop ? error.code : EXIT.unanswered;
  },
);
