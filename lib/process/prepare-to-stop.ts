import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";
import { drainStreams } from "@/lib/http/open-streams";

/** What load balancers need to notice that /api/ready says no, and answers under way to end. */
const GRACE_MS = 3_000;

/**
 * Leaves what ends this process in an orderly way where `scripts/console-server.mjs` finds it: `drain`, then
 * `stop`. Next's own server, as with `npm run dev`, has nothing of that sort: under it, signals are handled here.
 */
export function prepareToStop(close: () => Promise<void>): void {
  let closing: Promise<void> | undefined;
  const stop = processSingleton("stop", () => () => {
    closing ??= close();
    return closing;
  });
  processSingleton("drain", () => drainStreams);
  if (processSingleton("has-server", () => false)) return;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      drainStreams();
      setTimeout(() => void stop().finally(() => process.exit(0)), GRACE_MS);
    });
  }
}
