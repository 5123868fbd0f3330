import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";
import { browserFlags, findBrowser } from "../scripts/find-browser.mjs";
import { consolePort, dataFolder, serverEnvironment, simulatorPort } from "./support/server";

const root = fileURLToPath(new URL("..", import.meta.url));
// Looked for once; the workers inherit the answer.
process.env.E2E_BROWSER ??= findBrowser();
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: join(root, ".cache/e2e"),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Minutes, since a slow machine is no failure; what hangs ends all the same.
  timeout: 180_000,
  // A build takes some seconds, and the two cores are shared with the server and the browsers.
  expect: { timeout: 15_000 },
  use: {
    ...devices["Desktop Chrome"],
    baseURL: `http://127.0.0.1:${consolePort}`,
    viewport: { width: 1280, height: 800 },
    // A trace films every step of every journey, for the few that fail.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.E2E_BROWSER, args: browserFlags },
  },
  webServer: {
    // What ships is what is tested.
    command: "node scripts/run-container.mjs",
    cwd: root,
    url: `http://127.0.0.1:${consolePort}/api/health`,
    env: serverEnvironment({ port: consolePort, simulatorPort, data: dataFolder }),
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "pipe",
  },
});
