import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type ServerProcess = { kill: (signal: "SIGKILL" | "SIGTERM") => Promise<number | null> };

/** Starts a console of the test's own, as `npm start` does, and returns when it serves. */
export async function startServer(environment: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await ready(child);
  return {
    async kill(signal) {
      const exit = once(child, "exit");
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
}

function ready(child: ChildProcess) {
  return new Promise<void>((settle, reject) => {
    child.stdout?.on("data", (chunk) => String(chunk).includes("is ready at") && settle());
    child.once("exit", (code) =>
      reject(new Error(`The console ended with code ${code} before it was ready.`)),
    );
  });
}
