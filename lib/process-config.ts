import "server-only";
import { type Config, readConfig } from "./config";
import { processSingleton } from "./process-singleton";
import { readEnvironment } from "./read-environment";

/** The configuration of this process, read once. */
export const processConfig = (): Config =>
  processSingleton("config", () => readConfig(readEnvironment(process.env)));
