import { startSimulator } from "./index";

/** `npm run simulator`: the simulator alone on its port, until Ctrl-C. */
const {
  GOLDSMITH_DATA = ".data",
  GOLDSMITH_SIMULATOR_PORT = "4600",
  GOLDSMITH_SIMULATOR_SEED,
  GOLDSMITH_SIMULATOR_SPEED,
  GOLDSMITH_SIMULATOR_TROUBLE,
} = process.env;

try {
  const { url, close } = await startSimulator({
    port: Number(GOLDSMITH_SIMULATOR_PORT),
    dataFolder: GOLDSMITH_DATA,
    ...(GOLDSMITH_SIMULATOR_SEED && { seed: GOLDSMITH_SIMULATOR_SEED }),
    ...(GOLDSMITH_SIMULATOR_SPEED && { speed: Number(GOLDSMITH_SIMULATOR_SPEED) }),
    ...(GOLDSMITH_SIMULATOR_TROUBLE && { trouble: GOLDSMITH_SIMULATOR_TROUBLE }),
  });
  console.log(`AWS simulator at ${url}; the demo account's access key is 111111111111, any secret will do.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
