import { spawn } from "node:child_process";
import { projectRoot } from "./prepare-project.mjs";

/**
 * Starts the console and its simulator for a benchmark, and waits until they answer. `env` is added to the
 * environment. End it with `stopConsole`.
 */
export async function startConsole({ port, data, env = {} }) {
  const server = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: projectRoot,
    env: {
      ...process.env,
      PORT: String(port),
      GOLDSMITH_SIMULATOR_PORT: String(port + 1),
      GOLDSMITH_DATA: data,
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((settle, reject) => {
    server.stdout.on("data", (chunk) => String(chunk).includes("is ready at") && settle());
    server.once("exit", () => reject(new Error("The console did not start.")));
  });
  return server;
}

export async function stopConsole(server) {
  server.kill("SIGTERM");
  await new Promise((settle) => server.once("exit", settle));
}
