import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";
import { type Config, readConfig } from "./config";
import { readEnvironment } from "./read-environment";

/** The configuration of this process, read once. */
export const processConfig = (): Config =>
  processSingleton("config", () => readConfig(readEnvironment(process.env)));
