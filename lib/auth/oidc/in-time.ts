import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";

/** better-auth waits for the provider as long as the network does; people do not. */
const PATIENCE_MS = 15_000;

/** The value of `work`, or `unavailable` when the provider takes too long. */
export function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_, reject) => {
    const message = "The identity provider did not answer in time.";
    AbortSignal.timeout(PATIENCE_MS).addEventListener("abort", () =>
      reject(new ConsoleFailure({ code: "unavailable", message })),
    );
  });
  return Promise.race([work, late]);
}
