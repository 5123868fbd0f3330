import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { urls } from "@/lib/core/urls";
import { startTraceReceiver } from "@/lib/testing/trace-receiver";
import { connectAccount } from "./support/account";
import { expect, expectBuildStatus, expectInLog, open, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline, readState, startBuild } from "./support/pipelines";
import { accountPool, consolePort, serverEnvironment, simulatorPort } from "./support/server";
import { startServer } from "./support/server-process";

// A console of its own beside the one that the other journeys use, since this one is killed.
const place = { port: consolePort + 1, simulatorPort: simulatorPort + 1 };
// The tests start it one after another.
test.describe.configure({ mode: "default" });
const environment = serverEnvironment({ ...place, data: mkdtempSync(join(tmpdir(), "goldsmith-restart-")) });
const origin = `http://127.0.0.1:${place.port}`;

test("a build goes on, and nothing created is gone, after kill -9 and a new start", async ({ page }) => {
  const [{ target, accountId }] = accountPool.slice(-1) as [(typeof accountPool)[number]];
  const account = connectAccount(target, accountId, place.simulatorPort);

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

test("what a page took is sent to the team's traces, each AWS call below its request, before the console ends", async ({
  page,
}) => {
  const receiver = await startTraceReceiver();
  const [{ target }] = accountPool.slice(-1) as [(typeof accountPool)[number]];
  const server = await startServer({ ...environment, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  // The list of pipelines may have been read for the history's sync already; this one nobody else asks for.
  await open(page, `${origin}${urls.resources(target, "infrastructure-configuration")}`, /Infrastructure/);
  await server.kill("SIGTERM");
  await receiver.close();

  expect(receiver.resource["service.name"]).toBe("goldsmith");
  const traces = new Set(
    receiver.spans
      .filter(({ name }) => name === "GET /[target]/infrastructure")
      .map(({ traceId }) => traceId),
  );
  const calls = receiver.spans.filter(({ name }) => name === "imagebuilder.ListInfrastructureConfigurations");
  expect(calls.some(({ traceId }) => traces.has(traceId))).toBe(true);
});

test("a second console on the same port is refused in one line", async () => {
  const port = { ...environment, PORT: String(consolePort) };
  await expect(startServer(port)).rejects.toThrow("is in use");
});
