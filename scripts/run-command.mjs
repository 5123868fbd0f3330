import { spawn } from "node:child_process";
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const running = new Set();
let stoppedBy = null;

function stopChildren(signal) {
  stoppedBy = signal;
  for (const child of running) child.kill(signal);
}

/**
 * Runs a command to its end. A signal to this process ends the command first and then this process, so
 * that nothing is left behind.
 * @param {string} command
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeoutMs?: number }} [options]
 *   `quiet` keeps the output back instead of printing it.
 * @returns {Promise<{ ok: boolean, output: string }>} `output` holds what a quiet command said.
 */
export function runCommand(command, parameters, { cwd, env = process.env, quiet = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd,
      env,
      timeout: timeoutMs,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    if (running.size === 0) for (const signal of SIGNALS) process.on(signal, stopChildren);
    running.add(child);
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const finish = (ok, reason = "") => {
      running.delete(child);
      if (running.size === 0) for (const signal of SIGNALS) process.off(signal, stopChildren);
      if (running.size === 0 && stoppedBy) process.exit(128 + constants.signals[stoppedBy]);
      resolve({ ok, output: Buffer.concat(chunks).toString() + reason });
    };
    child.on("error", (error) => finish(false, error.message));
    child.on("close", (code) => finish(code === 0));
  });
}
