import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Tests that count how much work code does (`count-work.ts`). */
const COUNTED_WORK = "lib/**/*-work.test.ts";

export default defineConfig({
  root,
  resolve: {
    alias: {
      "@/": root,
      // Next resolves this marker itself; outside of it there is no browser to keep out.
      "server-only": fileURLToPath(new URL("./server-only.ts", import.meta.url)),
    },
  },
  test: {
    environment: "node",
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", GOLDSMITH_LOG_LEVEL: "silent" },
    pool: "threads",
    isolate: false,
    setupFiles: [fileURLToPath(new URL("./fresh-process.ts", import.meta.url))],
    // One more than the cores of the machines that this must run on: some files mostly wait.
    maxWorkers: 3,
    // A slow machine is no failure; what hangs still ends.
    testTimeout: 60_000,
    // Starting a database and an account takes seconds, and more of them on a busy machine.
    hookTimeout: 180_000,
    // What is waited for has a second otherwise.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "units",
          include: ["{app,components,lib,scripts,simulator}/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, COUNTED_WORK],
        },
      },
      {
        extends: true,
        // V8 counts blocks only of code that it does not optimize, and obeys that for a whole process.
        test: {
          name: "counted work",
          include: [COUNTED_WORK],
          pool: "forks",
          execArgv: ["--no-opt", "--no-maglev", "--no-use-osr"],
        },
      },
    ],
  },
});
