import "server-only";
import { systemClock } from "@/lib/core/clock";
import type { Database, DatabaseLocks } from "@/lib/db/database";
import { logger } from "@/lib/telemetry/logger";
import type { Runtime } from "@/lib/use-case/runtime";
import { sendMetrics } from "./send-metrics";

const LOOK_EVERY_MS = 30_000;

/**
 * Sends metrics of every target that has them on, as the one process of several that holds the lock; another takes
 * over when it dies.
 */
export function startMetricSender(runtime: Runtime): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ended = keepSending(runtime, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function keepSending(runtime: Runtime, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const database = await runtime.database();
      const locks = await database.openLocks();
      await sendWhileLocked(runtime, { database, locks }, stopping).finally(() =>
        locks.close().catch(() => undefined),
      );
    } catch (error) {
      logger().warn({ err: error }, "metrics for CloudWatch wait for the database");
      await systemClock.sleep(LOOK_EVERY_MS, stopping);
    }
  }
}

async function sendWhileLocked(
  runtime: Runtime,
  { database, locks }: { database: Database; locks: DatabaseLocks },
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    await locks.check();
    // A target that AWS does not answer holds up none of the others.
    if (await locks.tryLock("cloudwatch-metrics"))
      await Promise.all(runtime.config.targets.map((target) => sendMetrics(runtime, database, target)));
    await systemClock.sleep(LOOK_EVERY_MS, stopping);
  }
}
