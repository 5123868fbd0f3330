import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A slow machine under load takes its time; a console that is not there by then never will be. */
export const START_MS = 150_000;
/** Lines of the console's own output that a failure shows. */
const LINES_SHOWN = 30;

export type ServerProcess = {
  kill: (signal: "SIGKILL" | "SIGTERM") => Promise<number | null>;
  /** All that it wrote to standard output. */
  output: () => string;
  /** The last lines that it wrote, for the message of a failed expectation. */
  lastLines: () => string;
};

/** How a console is started: as `npm start` does it, or as the image's container does. */
type Command = "scripts/start.mjs" | "scripts/run-container.mjs";

/**
 * Starts a console of the test's own and returns when it serves. A hook that calls it needs more time
 * than START_MS, and starts one console per file: tests that run in parallel would each have the hook start another on
 * the same port.
 */
export async function startServer(
  environment: Record<string, string>,
  command: Command = "scripts/start.mjs",
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [command], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that a signal reaches what the command starts in its turn.
    detached: true,
  });
  const signalAll = (signal: NodeJS.Signals) => child.pid && process.kill(-child.pid, signal);
  const lines = keepLastLines(child);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    output += chunk;
  });
  // A worker that is ended for a test that took too long must not leave a console on the port.
  const killWithWorker = () => signalAll("SIGKILL");
  process.once("exit", killWithWorker);
  child.once("exit", () => process.off("exit", killWithWorker));
  try {
    await ready(child);
  } catch (error) {
    if (child.exitCode === null && child.signalCode === null) signalAll("SIGKILL");
    throw new Error(`${(error as Error).message} It said:\n${lines() || "nothing"}`);
  }
  return {
    output: () => output,
    lastLines: lines,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      // "close" and not "exit": by then all that it wrote has been read.
      const exit = once(child, "close");
      signalAll(signal);
      const [code] = await exit;
      return code;
    },
  };
}

function keepLastLines(child: ChildProcess): () => string {
  let kept: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      const lines = String(chunk).trimEnd().split("\n");
      kept = [...kept, ...lines].slice(-LINES_SHOWN);
      // What went wrong in the console belongs beside the expectation that fails for it.
      for (const line of lines) if (line.includes('"level":"error"')) process.stderr.write(`${line}\n`);
    });
  }
  return () => kept.join("\n");
}

function ready(child: ChildProcess) {
  return new Promise<void>((settle, reject) => {
    const late = setTimeout(
      () => reject(new Error(`The console was not ready after ${START_MS / 1000} s.`)),
      START_MS,
    );
    child.stdout?.on("data", (chunk) => {
      if (!/is ready at|"msg":"listening/.test(String(chunk))) return;
      clearTimeout(late);
      settle();
    });
    // "close" and not "exit": by then all that it wrote has been read.
    child.once("close", (code, signal) => {
      clearTimeout(late);
      reject(new Error(`The console ended with ${code ?? signal} before it was ready.`));
    });
  });
}
