import "server-only";
import { randomUUID } from "node:crypto";
import { ZodError } from "zod";
import { currentRequestId } from "@/lib/core/current-request";
import { type ConsoleError, ConsoleFailure } from "@/lib/core/failure";
import { databaseTroubleOf } from "@/lib/db/database-trouble";
import { logger } from "@/lib/telemetry/logger";

/** For pages: there is nothing at this address. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof ConsoleFailure && error.detail.code === "not-found";

/** What a boundary tells the browser of anything thrown behind it. A fault of ours goes to the log, not to the page. */
export function toConsoleError(error: unknown): ConsoleError {
  if (error instanceof ConsoleFailure) {
    // The person learns that something is away, the log why.
    if (error.detail.code === "unavailable" && error.cause) {
      logger().warn({ err: error.cause }, error.detail.message);
    }
    return error.detail;
  }
  if (error instanceof ZodError) {
    const fields = Object.fromEntries(error.issues.map(({ path, message }) => [path.join("."), message]));
    return { code: "invalid", message: error.issues[0]?.message ?? "The input is not valid.", fields };
  }
  const requestId = currentRequestId() ?? randomUUID();
  const trouble = databaseTroubleOf(error);
  if (trouble) {
    logger().error({ err: error, requestId }, "the database failed a query");
    return { ...trouble.detail, requestId };
  }
  logger().error({ err: error, requestId }, "unexpected error");
  return {
    code: "unexpected",
    message: "Something went wrong. Quote the request ID to your administrator.",
    requestId,
  };
}
