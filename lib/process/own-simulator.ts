import "server-only";
import type { Config } from "@/lib/config/config";
import { type RunningSimulator, type Setting, SettingError, startSimulator } from "@/simulator/index";

type Options = NonNullable<Config["simulator"]> & { dataFolder: string };

/**
 * Starts the simulator with the options that the environment holds. The simulator knows nothing of the console:
 * what is wrong with an option is told here by the name of its variable.
 */
export async function startOwnSimulator(options: Options): Promise<RunningSimulator> {
  try {
    return await startSimulator(options);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new Error(`${variableOf(error.setting)}: ${error.message}`, { cause: error });
  }
}

function variableOf(setting: Setting): string {
  return setting === "data" ? "GOLDSMITH_DATA" : `GOLDSMITH_SIMULATOR_${setting.toUpperCase()}`;
}
