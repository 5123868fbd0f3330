import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { apiUrls, urls } from "@/lib/core/urls";
import { projectRoot, readText } from "@/lib/testing/project-files";
import { startTraceReceiver } from "@/lib/testing/trace-receiver";
import { connectAccount } from "./support/account";
import { expect, expectBuildStatus, expectInLog, open, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline, readState, startBuild } from "./support/pipelines";
import { accountPool, consolePort, serverEnvironment, simulatorPort } from "./support/server";
import { startServer } from "./support/server-process";
import { setTrouble } from "./support/trouble";

// A console of its own beside the one that the other journeys use, since this one is killed.
const place = { port: consolePort + 1, simulatorPort: simulatorPort + 1 };
// The tests start it one after another.
test.describe.configure({ mode: "default" });
const environment = serverEnvironment({ ...place, data: mkdtempSync(join(tmpdir(), "goldsmith-restart-")) });
const origin = `http://127.0.0.1:${place.port}`;
const [{ target, accountId }] = accountPool.slice(-1) as [(typeof accountPool)[number]];
const account = connectAccount(target, accountId, place.simulatorPort);

test("a build goes on, and nothing created is gone, after kill -9 and a new start", async ({ page }) => {
  const killed = await startServer(environment);
  const pipeline = await createPipeline(
    account,
    "survivor",
    documentOf("Survive", "sleep 1200", "echo still here"),
  );
  const build = await startBuild(account, pipeline);
  expect((await readState(account, build)).status).not.toBe("AVAILABLE");
  await killed.kill("SIGKILL");

  const server = await startServer(environment);
  await open(page, `${origin}${urls.pipeline(target, "survivor")}`, "survivor");
  await page.getByRole("link", { name: "1.0.0/1" }).click();
  await expectBuildStatus(page, /available/i);
  await expectInLog(page, "still here");

  expect(await server.kill("SIGTERM"), "exit code of an orderly stop").toBe(0);
});

test("told to stop, the container is not ready first, ends open logs, finishes what is under way, and sends its traces; all it says is JSON lines", async ({
  page,
}) => {
  const receiver = await startTraceReceiver();
  const settings = { ...environment, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const server = await startServer(settings, "scripts/run-container.mjs");
  const health = await fetch(`${origin}/api/health`);
  expect(health.headers.get("keep-alive"), "longer than load balancers keep a connection").toBe("timeout=75");
  await sendMalformedActions();
  const pipeline = await createPipeline(account, "long", documentOf("Wait", "sleep 12000"));
  await startBuild(account, pipeline);
  // The list of pipelines may have been read for the history's sync already; this one nobody else asks for.
  await open(page, `${origin}${urls.resources(target, "infrastructure-configuration")}`, /Infrastructure/);
  const log = await fetch(
    `${origin}${apiUrls.buildLog(target, { name: "long", version: "1.0.0", build: "1" })}`,
  );
  await setTrouble(account, { latencyMs: 6_000 }, place.simulatorPort);
  const underWay = fetch(`${origin}${apiUrls.resources(target, "distribution-configuration")}`);

  const ended = server.kill("SIGTERM");
  await expect.poll(async () => (await fetch(`${origin}/api/ready`)).status).toBe(503);
  expect((await fetch(`${origin}/api/health`)).status, "it serves while load balancers take notice").toBe(
    200,
  );
  // It ends whole, which is what a browser reconnects after: a cut stream would throw here.
  expect(await log.text()).toContain(": open");
  await expect
    .poll(() => fetch(`${origin}/api/health`).catch((error) => error.cause.code), "who is new is refused")
    .toBe("ECONNREFUSED");
  expect((await underWay).status).toBe(200);
  expect(await ended, "exit code of an orderly stop").toBe(0);
  await receiver.close();
  const lines = server.output().trimEnd().split("\n");
  expect(lines.filter((line) => !line.startsWith("{") || !JSON.parse(line).msg)).toEqual([]);
  const ofNext = lines.filter((line) => line.includes('"requestId"') && line.includes('"from":"console"'));
  expect(ofNext.join(), "Next's own errors, with the request's id").toMatch(/server[ -](action|reference)/i);

  expect(receiver.resource["service.name"]).toBe("goldsmith");
  const traces = new Set(
    receiver.spans
      .filter(({ name }) => name === "GET /[target]/infrastructure")
      .map(({ traceId }) => traceId),
  );
  const calls = receiver.spans.filter(({ name }) => name === "imagebuilder.ListInfrastructureConfigurations");
  expect(
    calls.some(({ traceId }) => traces.has(traceId)),
    "an AWS call below its request",
  ).toBe(true);
});

test("the audit that the container wrote is checked in the container", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["scripts/run-container.mjs", "node", "scripts/verify-audit.mjs"],
    { cwd: projectRoot, env: { ...process.env, ...environment } },
  );
  expect(stdout).toMatch(/^The chain is whole: \d+ rows\.\n\d+:[0-9a-f]{64}\n$/);
});

test("a second console on the same port is refused in one line", async () => {
  const port = { ...environment, PORT: String(consolePort) };
  await expect(startServer(port)).rejects.toThrow("is in use");
});

/** What makes Next say errors of its own: actions that do not exist, and bodies that are none. */
async function sendMalformedActions() {
  const manifest = JSON.parse(readText(".next/server/server-reference-manifest.json"));
  const [action = ""] = Object.keys(manifest.node);
  const bodies = ["", "[", '["$F1"]', '[{"__proto__":{"a":1}}]', '"\\ud800"', "[1,\n2\n"];
  for (const id of ["none", "0".repeat(42), action]) {
    for (const body of bodies) {
      for (const type of ["text/plain;charset=UTF-8", "multipart/form-data; boundary=a"]) {
        const headers = { origin, "next-action": id, "content-type": type };
        await fetch(`${origin}${urls.pipelines(target)}`, { method: "POST", headers, body });
      }
    }
  }
}
