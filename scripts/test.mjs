import "./require-node.mjs";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findOrInstallBrowser } from "./find-browser.mjs";
import { buildIfNeeded, installIfNeeded, projectRoot, runNpm } from "./prepare-project.mjs";
import { runCommand } from "./run-command.mjs";

// `npm test`: every check there is, from a fresh clone. A failing step does not hide the ones after it.
const SECOND_NODE = "24";
/** Rooms whose code calls Node itself: sockets, streams, compression, files, processes, hashes. The rest is plain code. */
const ON_NODE = [
  ...["audit", "auth", "aws", "build-log", "config", "core", "db", "http", "process", "telemetry"].map(
    (room) => `lib/${room}/`,
  ),
  ...["simulator/engine/", "simulator/wire/", "simulator/server.test.ts", "scripts/"],
];
/** The summary says enough of a failure to begin with, where only the end of the output is kept. */
const FAILURE_LINES = 8;
const reports = join(projectRoot, ".cache/test");
const results = [];

process.chdir(projectRoot);
clearSettings();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

if (await step("install", install)) {
  const otherNode = installSecondNode();
  // Both write Next's types of the routes: one after the other.
  await step("types", () => npmRun("types"));
  const built = start("build", build);
  for (const check of ["lint", "boundaries", "unused"]) await step(check, () => npmRun(check));
  console.log(
    `\n== high-severity vulnerabilities in packages that ship (information)\n${await tellVulnerabilities()}`,
  );
  if (await built()) await step("end to end, Chromium", runJourneys);
  await step(`unit and simulator, Node ${process.versions.node}`, () =>
    runUnitTests(process.execPath, "unit"),
  );
  await step(`what depends on Node, on Node ${SECOND_NODE}`, async () => runOnSecondNode(await otherNode));
}
summarise();

/** A developer's own settings must not lead a test to another port, database or account. */
function clearSettings() {
  for (const name of Object.keys(process.env)) {
    if (/^(GOLDSMITH_|AWS_)|^(PORT|HOST|DATABASE_URL)$/.test(name)) delete process.env[name];
  }
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
}

/**
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number, note?: string }>} work
 * @returns {Promise<boolean>} whether all of it passed.
 */
async function step(name, work) {
  return start(name, work)();
}

/** Begins a step beside others; the function that is returned waits for its end, and tells it then. */
function start(name, work) {
  const startedAt = performance.now();
  const ended = work()
    .catch((error) => ({ passed: 0, failed: 1, note: error.message }))
    .then((result) => ({ ...result, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) }));
  return async () => {
    console.log(`\n== ${name}`);
    const result = await ended;
    if (result.note) console.log(result.note);
    results.push({ name, ...result });
    return result.failed === 0;
  };
}

async function install() {
  const installed = await installIfNeeded();
  return { passed: 1, failed: 0, note: installed ? "installed" : "up to date" };
}

async function build() {
  const built = await buildIfNeeded();
  return { passed: 1, failed: 0, note: built ? "built" : "up to date" };
}

async function npmRun(script) {
  const { ok } = await runNpm(["run", "--silent", script]);
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, note: `npm run ${script} failed` };
}

/**
 * Information, not a check: what becomes known tomorrow must not break the tests of today's code. Whoever releases or
 * deploys runs `npm run audit-packages`, which fails.
 */
async function tellVulnerabilities() {
  const command = ["audit", "--omit=dev", "--audit-level=high", "--json"];
  const { output } = await runNpm(command, { quiet: true, timeoutMs: 60_000 });
  const { metadata, vulnerabilities = {} } = readJsonIn(output);
  if (!metadata?.vulnerabilities) return "not known: the registry has no list of vulnerabilities";
  const severe = Object.values(vulnerabilities).filter(({ severity }) => /high|critical/.test(severity));
  const names = severe.map(({ name, severity }) => `${name} (${severity})`).join(", ");
  return names === "" ? "none known" : `look at these before a release: ${names}`;
}

/** npm may say something before and after its JSON. */
function readJsonIn(text) {
  try {
    return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  } catch {
    return {};
  }
}

async function runUnitTests(node, name, options = []) {
  const report = join(reports, `${name}.json`);
  const { ok } = await runCommand(node, [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config=lib/testing/vitest.config.ts",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...options,
  ]);
  const result = readReport(report);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = result;
  const failures = failedUnitTests(result);
  return { ...count(ok, numPassedTests, numFailedTests, numPendingTests), failures };
}

async function runJourneys() {
  const browser = await findOrInstallBrowser();
  console.log(`browser: ${browser}`);
  const report = join(reports, "e2e.json");
  const { ok } = await runCommand(
    process.execPath,
    [
      "node_modules/@playwright/test/cli.js",
      "test",
      "--config=e2e/playwright.config.ts",
      "--reporter=list,json",
    ],
    { env: { ...process.env, E2E_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  const result = readReport(report);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = result.stats ?? {};
  const failures = failedJourneys(result.suites);
  return { ...count(ok, expected, unexpected + flaky, skipped), failures };
}

/** A file that does not load has no tests, only a message. */
function failedUnitTests({ testResults = [] }) {
  return testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(projectRoot, name);
      const failed = assertionResults.filter(({ status }) => status === "failed");
      if (failed.length === 0) return [failure(file, "does not load", message)];
      return failed.map(({ fullName, failureMessages }) => failure(file, fullName, failureMessages[0]));
    });
}

function failedJourneys(suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, line, title, tests }) => {
        const results = tests.flatMap((test) => test.results);
        const broken = results.find(({ error }) => error);
        return failure(`e2e/${file}:${line}`, title, broken?.error.message);
      }),
    ...failedJourneys(inner),
  ]);
}

function failure(place, title, message = "") {
  const lines = stripVTControlCharacters(message).split("\n");
  const said = lines.filter((line) => line.trim() !== "").slice(0, FAILURE_LINES);
  return [`${place}  ${title}`, ...said.map((line) => `    ${line}`)].join("\n");
}

/** A runner that fails without a failing test (a crash, a test file that does not load) counts as one failure. */
function count(ok, passed, failed, skipped) {
  return {
    passed,
    failed: ok ? failed : Math.max(failed, 1),
    note: skipped > 0 ? `${skipped} skipped, each with its reason in the output above` : undefined,
  };
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

/** @returns {Promise<string | null>} path of that Node, fetched while the first checks run. */
async function installSecondNode() {
  if (process.versions.node.startsWith(`${SECOND_NODE}.`)) return process.execPath;
  const folder = join(projectRoot, `.cache/node${SECOND_NODE}`);
  const binary = join(folder, "node_modules/node/bin/node");
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const where = ["--prefix", folder, "--no-save", "--no-package-lock"];
    await runNpm(["install", ...where, `node@${SECOND_NODE}`], { quiet: true });
  }
  return existsSync(binary) ? binary : null;
}

async function runOnSecondNode(node) {
  if (node === process.execPath) return { passed: 0, failed: 0, note: "this is the Node that ran above" };
  if (node) return runUnitTests(node, `unit-node${SECOND_NODE}`, ON_NODE);
  return { passed: 0, failed: 0, note: `not run: the npm package node@${SECOND_NODE} could not be had` };
}

function summarise() {
  console.log("\n== summary");
  for (const { name, seconds, passed, failed, note } of results) {
    const state = failed ? `${passed} passed, ${failed} failed` : `${passed} passed`;
    console.log(`${`${seconds} s`.padStart(9)}  ${name}: ${state}${note ? ` (${note.split("\n")[0]})` : ""}`);
  }
  for (const failed of results.flatMap(({ failures = [] }) => failures)) console.log(`failed: ${failed}`);
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`${total("passed")} passed, ${total("failed")} failed`);
  process.exitCode = total("failed") === 0 ? 0 : 1;
}
