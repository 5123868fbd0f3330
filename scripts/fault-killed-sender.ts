import { execFileSync } from "node:child_process";
import type { Outcome } from "./fault-report";

const KILLS = 100;

/** The unit test of a killed sender, with as many kills as the unit tests have no time for. */
export function runKilledSender(): Outcome {
  process.stderr.write(`The sender of notifications, killed ${KILLS} times ...\n`);
  const words = [
    "vitest",
    "run",
    "--config",
    "lib/testing/vitest.config.ts",
    "lib/notifications/killed-sender",
  ];
  const ok = (() => {
    try {
      execFileSync("npx", words, { env: { ...process.env, NOTIFY_KILLS: String(KILLS) }, stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  })();
  return {
    fault: "The sender of notifications killed",
    how: `kill -9 at ${KILLS} places of its work, and another process instead`,
    reads: "–",
    writes: ok ? "every message received, each under one `webhook-id`, in order" : "see the test",
    ready: "–",
    after: ok ? "the next process sends what is left" : "messages lost, doubled or out of order",
    ok,
  };
}
