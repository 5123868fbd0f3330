import "./require-node.mjs";
import { serveConsole } from "./console-server.mjs";
import { assertFolderIsWritable, dataFolderOf } from "./data-folder.mjs";
import {
  assertPortIsFree,
  describeListenError,
  readListenAddress,
  readSimulatorPort,
} from "./listen-address.mjs";
import { buildIfNeeded, installIfNeeded, projectRoot } from "./prepare-project.mjs";

// `npm start`: from a fresh clone to a serving console. What can be refused is refused before the long work.
try {
  process.chdir(projectRoot);
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // The SDK's versions are pinned, so that what later ones will need is no news for whoever starts the console.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const address = readListenAddress(process.env);
  await checkPlace(address);
  await report("Installing packages", installIfNeeded);
  await report("Building the console", buildIfNeeded);
  await serve(address);
} catch (error) {
  fail(error);
}

async function checkPlace({ host, port }) {
  const folder = dataFolderOf(process.env, projectRoot);
  if (folder) assertFolderIsWritable(folder);
  await assertPortIsFree({ host, port, setting: "PORT" });
  const simulatorPort = readSimulatorPort(process.env);
  if (simulatorPort) {
    await assertPortIsFree({ host: "127.0.0.1", port: simulatorPort, setting: "GOLDSMITH_SIMULATOR_PORT" });
  }
}

/** Says what takes long, and only when it does: `work` answers false when there was nothing to do. */
async function report(label, work) {
  const startedAt = performance.now();
  const notice = setTimeout(() => console.log(`${label} ...`), 500);
  const worked = await work().finally(() => clearTimeout(notice));
  if (worked) console.log(`${label} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

async function serve({ host, port, url }) {
  const stop = await serveConsole({
    ...{ folder: projectRoot, host, port },
    // Nobody balances load to it, and whoever stops it at a shell waits for it: a second is enough for an answer.
    ...{ graceMs: 0, answerMs: 1_000 },
    // The first answer warms the server up: "ready" is said when it is true.
    onListening: async () => {
      await fetch(`${url}/api/health`, { headers: { connection: "close" } }).catch(() => undefined);
      console.log(`Goldsmith is ready at ${url} (Ctrl-C stops it)`);
    },
    onError: (error) => fail(new Error(describeListenError(error.code, { host, port, setting: "PORT" }))),
  });
  stopWithParent(stop);
}

/** npm does not pass SIGTERM on to what it runs: without this, stopping npm would leave the server behind. */
function stopWithParent(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 500).unref();
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}
