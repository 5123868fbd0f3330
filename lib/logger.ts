import "server-only";
import pino, { type Logger } from "pino";
import { processConfig } from "./process-config";
import { processSingleton } from "./process-singleton";

/** JSON lines on standard output. Nothing that was typed, sent or answered goes in whole: only ids and reasons. */
export const logger = (): Logger =>
  processSingleton("logger", () => pino({ level: processConfig().logLevel, base: null }));
