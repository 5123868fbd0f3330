import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";
import { logger } from "./logger";

type Level = "debug" | "info" | "warn" | "error";

/**
 * Leaves the log where `scripts/json-lines.mjs` finds it, which makes lines of whatever Next and other packages say:
 * they come with the id of the request during which they were said.
 */
export function takeConsoleLines(): void {
  processSingleton(
    "log-line",
    () => (level: Level, text: string) => logger()[level]({ from: "console" }, text),
  );
}
