/** `npm run simulator`: the simulator alone, with the console's variables and its data folder, until Ctrl-C. */
import { readConfig } from "../lib/config/config";
import { startOwnSimulator } from "../lib/process/own-simulator";

try {
  const { simulator, dataFolder } = readConfig({ ...process.env, GOLDSMITH_AWS: "simulator" });
  if (!simulator) throw new Error("The environment configures no simulator.");
  const { url, close } = await startOwnSimulator({ ...simulator, dataFolder });
  console.log(`AWS simulator at ${url}; the demo account's access key is 111111111111, any secret will do.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
