import "server-only";
import { logger } from "./logger";
import { processConfig } from "./process-config";
import { processSingleton } from "./process-singleton";
import { closeRuntime, runtime } from "./runtime";

/**
 * Starts what works beside the requests: the simulator when this process has one, the database with its
 * migrations. Throws what a person at the shell must put right; a database that is away is none of that, since
 * it may come back: /api/ready says so until then.
 */
export async function startConsole(): Promise<void> {
  const { simulator, dataFolder } = processConfig();
  const closeSimulator = simulator && (await startOwnSimulator(simulator, dataFolder));
  processSingleton("stop", () => async () => {
    await closeRuntime();
    await closeSimulator?.();
  });
  await runtime().catch((error: unknown) => logger().error({ err: error }, "the database is not available"));
}

async function startOwnSimulator(
  { port, seed, speed }: { port: number; seed: string; speed?: number },
  dataFolder: string,
): Promise<() => Promise<void>> {
  const { startSimulator } = await import("./simulator");
  const { url, close } = await startSimulator({ port, dataFolder, seed, speed });
  logger().info({ url }, "simulator started");
  return close;
}
