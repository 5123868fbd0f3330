import "./require-node.mjs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import nextConfig from "../next.config.js";
import { assertFolderIsWritable, dataFolderOf } from "./data-folder.mjs";
import {
  assertPortIsFree,
  describeListenError,
  readListenAddress,
  readSimulatorPort,
} from "./listen-address.mjs";
import { buildIfNeeded, installIfNeeded, projectRoot } from "./prepare-project.mjs";
import { openStaticFiles } from "./static-files.mjs";

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

/** Serves in this very process: one process to signal, to measure and to kill. */
async function serve({ host, port, url }) {
  const next = createRequire(import.meta.url)("next");
  const app = next({ dev: false, dir: projectRoot, hostname: host, port });
  // The server's signals are handled here, not by the console itself as in its container.
  globalThis[Symbol.for("goldsmith.has-server")] = true;
  await app.prepare();
  const handle = app.getRequestHandler();
  const [{ headers: fileHeaders }] = await nextConfig.headers();
  const sendStatic = openStaticFiles(
    projectRoot,
    Object.fromEntries(fileHeaders.map(({ key, value }) => [key, value])),
  );
  const server = createServer((request, response) => {
    if (!sendStatic(request, response)) handle(request, response);
  });
  // Longer than the idle time of common load balancers, so that they never reuse a connection we just closed.
  server.keepAliveTimeout = 75_000;
  // Who sends a header or a small body so slowly does not mean to be answered.
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  server.on("error", (error) =>
    fail(new Error(describeListenError(error.code, { host, port, setting: "PORT" }))),
  );
  server.listen({ host, port }, async () => {
    // The first answer warms the server up: "ready" is said when it is true.
    await fetch(`${url}/api/health`, { headers: { connection: "close" } }).catch(() => undefined);
    console.log(`Goldsmith is ready at ${url} (Ctrl-C stops it)`);
  });
  const stopOnce = once(() => stop(server, app));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stopOnce);
  stopWithParent(stopOnce);
}

async function stop(server, app) {
  // Left there by lib/process/prepare-to-stop.ts, which lives in Next's bundle: ends open logs, which never end by themselves.
  globalThis[Symbol.for("goldsmith.drain")]?.();
  // A second is enough for an answer under way.
  setTimeout(() => server.closeAllConnections(), 1000).unref();
  setTimeout(() => process.exit(0), 5000).unref();
  await new Promise((settle) => server.close(settle));
  await app.close();
  // From there too: closes the database and the simulator.
  await globalThis[Symbol.for("goldsmith.stop")]?.();
  process.exit(0);
}

/** npm does not pass SIGTERM on to what it runs: without this, stopping npm would leave the server behind. */
function stopWithParent(stopOnce) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stopOnce(), 500).unref();
}

function once(work) {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    work();
  };
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}
