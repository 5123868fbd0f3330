import "server-only";
import pino, { type Logger } from "pino";
import { processConfig } from "@/lib/config/process-config";
import { currentRequestId } from "@/lib/core/current-request";
import { processSingleton } from "@/lib/core/process-singleton";
import { currentTraceId } from "./tracing";

/** JSON lines on standard output. Nothing that was typed, sent or answered goes in whole: only ids and reasons. */
export const logger = (): Logger =>
  processSingleton("logger", () =>
    pino(
      {
        level: processConfig().logLevel,
        base: null,
        formatters: { level: (level) => ({ level }) },
        timestamp: pino.stdTimeFunctions.isoTime,
        mixin: () => {
          const requestId = currentRequestId();
          const traceId = currentTraceId();
          return { ...(requestId && { requestId }), ...(traceId && { traceId }) };
        },
        serializers: { err: describeError },
      },
      // Past `process.stdout`, where scripts/json-lines.mjs listens.
      pino.destination(1),
    ),
  );

/** Type, message, code and stack of an error and of what caused it; a failed query without what it was to store. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause, code } = error as Error & { code?: unknown };
  const isQuery = "query" in error && "params" in error;
  return {
    type: name,
    message: isQuery ? "a query of the console's database failed" : message,
    ...(code !== undefined && { code: String(code) }),
    // The first line repeats the message.
    stack: stack
      ?.split("\n")
      .slice(isQuery ? -8 : 1)
      .join("\n"),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}
