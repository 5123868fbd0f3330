import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openStaticFiles } from "./static-files.mjs";

const LIMITS = {
  // Longer than the idle time of common load balancers, so that they never reuse a connection we just closed.
  keepAliveMs: 75_000,
  // Who sends a header or a small body so slowly does not mean to be answered.
  headersMs: 20_000,
  requestMs: 60_000,
  /** How often connections are held against these limits. */
  checkMs: 5_000,
};
/** When a stop takes longer than all its parts may, the process ends anyway. */
const CLOSE_MS = 4_000;

/**
 * Serves the built console in this very process: one process to signal, to measure and to kill. `npm start` and the
 * container both do it by this function, so what is tested is what ships.
 * @param {{
 *   folder: string, host: string, port: number, graceMs: number, answerMs: number,
 *   onListening: () => void,
 *   onError: (error: NodeJS.ErrnoException) => void,
 * }} options `folder` is where `.next` lies. `graceMs`: how long it goes on serving after a signal, while
 *   `/api/ready` says no, so that load balancers notice before connections are refused. `answerMs` as in `openServer`.
 * @returns {Promise<() => void>} ends the process in order, as a signal does.
 */
export async function serveConsole({ folder, host, port, graceMs, answerMs, onListening, onError }) {
  // As Next's own server.js does it: the configuration is the one that was built, and is not read again.
  const { config } = readJson(folder, "required-server-files.json");
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  const next = createRequire(import.meta.url)("next");
  const app = next({ dev: false, dir: folder, hostname: host, port });
  // Signals are handled here, not by the console's start-up code.
  globalThis[Symbol.for("goldsmith.has-server")] = true;
  await app.prepare();
  const handle = app.getRequestHandler();
  const everyAnswer = headersOfEveryAnswer(folder);
  const sendStatic = openStaticFiles(folder, everyAnswer);
  const { server, close } = openServer(
    (request, response) => {
      if (sendStatic(request, response)) return;
      // Left there by lib/process/start-console.ts: most requests are polls, which need nothing of Next.
      const isTaken = globalThis[Symbol.for("goldsmith.answer-poll")]?.(request, response, everyAnswer);
      if (!isTaken) handle(request, response);
    },
    {
      answerMs,
      onStopping: async () => {
        // Left there by lib/process/prepare-to-stop.ts, which lives in Next's bundle: /api/ready says no from here on,
        // and open logs, which never end by themselves, are ended; browsers go on elsewhere.
        globalThis[Symbol.for("goldsmith.drain")]?.();
        await new Promise((settle) => setTimeout(settle, graceMs));
      },
    },
  );
  server.on("error", onError);
  server.listen({ host, port }, onListening);
  const stop = once(async () => {
    setTimeout(() => process.exit(0), graceMs + answerMs + CLOSE_MS).unref();
    await close();
    await app.close();
    // From there too: closes the database and the simulator.
    await globalThis[Symbol.for("goldsmith.stop")]?.();
    process.exit(0);
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  return stop;
}

/**
 * An HTTP server with limits, and its orderly end: `close` serves everybody until `onStopping` is through; then it lets
 * nobody in any more, and returns when every answer under way was sent, or was cut after `answerMs`.
 * @param {import("node:http").RequestListener} handle
 * @param {{ answerMs: number, onStopping: () => Promise<void> } & Partial<typeof LIMITS>} options
 */
export function openServer(handle, { answerMs, onStopping, ...limits }) {
  const { keepAliveMs, headersMs, requestMs, checkMs } = { ...LIMITS, ...limits };
  let isStopping = false;
  const server = createServer({ connectionsCheckingInterval: checkMs }, (request, response) => {
    // Whoever keeps the connection would ask on it again.
    if (isStopping) response.setHeader("connection", "close");
    handle(request, response);
  });
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  const close = async () => {
    isStopping = true;
    await onStopping();
    const cut = setTimeout(() => server.closeAllConnections(), answerMs);
    const closed = new Promise((settle) => server.close(settle));
    // Those whose answer began before the stop are idle when it has ended.
    const closeIdle = setInterval(() => server.closeIdleConnections(), 100);
    await closed;
    clearInterval(closeIdle);
    clearTimeout(cut);
  };
  return { server, close };
}

/** What next.config.js adds to everything, as the build wrote it down. */
function headersOfEveryAnswer(folder) {
  const { headers } = readJson(folder, "routes-manifest.json");
  const ofAll = headers.find(({ source }) => source === "/:path*")?.headers ?? [];
  return Object.fromEntries(ofAll.map(({ key, value }) => [key, value]));
}

function readJson(folder, name) {
  return JSON.parse(readFileSync(join(folder, ".next", name), "utf8"));
}

function once(work) {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    work();
  };
}
