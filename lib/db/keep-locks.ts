import "server-only";
import { systemClock } from "@/lib/core/clock";
import { logger } from "@/lib/telemetry/logger";
import type { Database, DatabaseLocks } from "./types";

type Held = { database: Database; locks: DatabaseLocks };

/**
 * Does `work` with a session for locks, from now on until it is stopped: of several processes the one that gets a lock
 * does what stands behind it, and another takes over when it dies. `work` ends when told to stop, and rejects when the
 * session is gone; it begins again then, `restMs` after what failed, which the log calls `waiting`.
 */
export function keepLocks(
  openDatabase: () => Promise<Database>,
  { waiting, restMs }: { waiting: string; restMs: number },
  work: (held: Held, stopping: AbortSignal) => Promise<void>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const keep = async () => {
    while (!stopping.signal.aborted) {
      try {
        const database = await openDatabase();
        const locks = await database.openLocks();
        await work({ database, locks }, stopping.signal).finally(() => locks.close().catch(() => undefined));
      } catch (error) {
        logger().warn({ err: error }, waiting);
        await systemClock.sleep(restMs, stopping.signal);
      }
    }
  };
  const ended = keep();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
