import "server-only";
import type { Clock } from "@/lib/core/clock";
import type { AwsCall } from "@/lib/telemetry/types";
import { isDenial, isThrottle, toAwsFailure } from "./errors";
import type { MiddlewareClient } from "./middleware";

/** Counts each request of `client` and says its errors in the console's words, with the IAM action they are about. */
export function observeCalls(
  client: MiddlewareClient,
  where: Pick<AwsCall, "service" | "accountId" | "region">,
  clock: Clock,
  onCall: (call: AwsCall) => void,
): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, "");
        const startedAt = clock.now();
        const report = (outcome: AwsCall["outcome"]) =>
          onCall({ ...where, operation, outcome, durationMs: clock.now() - startedAt });
        try {
          const result = await next(args);
          report("ok");
          return result;
        } catch (error) {
          report(isThrottle(error) ? "throttled" : isDenial(error) ? "denied" : "error");
          throw toAwsFailure(error, `${where.service}:${operation}`);
        }
      },
    { step: "initialize", priority: "high", name: "observeCalls" },
  );
}
