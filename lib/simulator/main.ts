import { startSimulator } from "./index";

/** `npm run simulator`: the simulator alone on its port, until Ctrl-C. */
const { GOLDSMITH_SIMULATOR_PORT, GOLDSMITH_SIMULATOR_SPEED, GOLDSMITH_SIMULATOR_SEED, GOLDSMITH_DATA } =
  process.env;

try {
  const { url, close } = await startSimulator({
    port: Number(GOLDSMITH_SIMULATOR_PORT ?? 4600),
    dataFolder: GOLDSMITH_DATA ?? ".data",
    ...(GOLDSMITH_SIMULATOR_SEED && { seed: GOLDSMITH_SIMULATOR_SEED }),
    ...(GOLDSMITH_SIMULATOR_SPEED && { speed: Number(GOLDSMITH_SIMULATOR_SPEED) }),
  });
  console.log(`AWS simulator at ${url}; the demo account's access key is 111111111111, any secret will do.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
