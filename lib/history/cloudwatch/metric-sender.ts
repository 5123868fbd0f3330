import "server-only";
import { isNotNull } from "drizzle-orm";
import { systemClock } from "@/lib/core/clock";
import type { Database, DatabaseLocks } from "@/lib/db/database";
import { keepLocks } from "@/lib/db/keep-locks";
import { metricTargets } from "@/lib/db/metrics-schema";
import type { Runtime } from "@/lib/use-case/runtime";
import { sendMetrics } from "./send-metrics";

const LOOK_EVERY_MS = 30_000;

/**
 * Sends metrics of every target that has them on, as the one process of several that holds the lock; another takes
 * over when it dies.
 */
export const startMetricSender = (runtime: Runtime): { stop(): Promise<void> } =>
  keepLocks(
    () => runtime.database(),
    { waiting: "metrics for CloudWatch wait for the database", restMs: LOOK_EVERY_MS },
    ({ database, locks }, stopping) => sendWhileLocked(runtime, { database, locks }, stopping),
  );

async function sendWhileLocked(
  runtime: Runtime,
  { database, locks }: { database: Database; locks: DatabaseLocks },
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    await locks.check();
    if (await locks.tryLock("cloudwatch-metrics")) {
      const sending = await idsWithMetrics(database);
      const targets = runtime.config.targets.filter(
        ({ id, cloudWatchPipelines }) => cloudWatchPipelines !== undefined || sending.has(id),
      );
      // A target that AWS does not answer holds up none of the others.
      await Promise.all(targets.map((target) => sendMetrics(runtime, database, target)));
    }
    await systemClock.sleep(LOOK_EVERY_MS, stopping);
  }
}

/** Targets that have metrics on, as far as the database knows: those that were turned off are to be noted. */
async function idsWithMetrics({ jobOrm }: Pick<Database, "jobOrm">): Promise<ReadonlySet<string>> {
  const rows = await jobOrm
    .select({ id: metricTargets.targetId })
    .from(metricTargets)
    .where(isNotNull(metricTargets.since));
  return new Set(rows.map(({ id }) => id));
}
