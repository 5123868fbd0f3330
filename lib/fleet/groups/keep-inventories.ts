import "server-only";
import { and, asc, gt, lt } from "drizzle-orm";
import { systemClock } from "@/lib/core/clock";
import { DAY_MS, MINUTE_MS } from "@/lib/core/time";
import { fleetInventories } from "@/lib/db/fleet-schema";
import { keepLocks } from "@/lib/db/keep-locks";
import { logger } from "@/lib/telemetry/logger";
import type { Runtime } from "@/lib/use-case/runtime";
import { refreshInventory } from "./kept-inventory";

const LOOK_EVERY_MS = 30_000;
const REST_AFTER_FAILURE_MS = 30_000;
/** What nobody looked at for so long is read no more until somebody does. */
const VIEWED_WITHIN_MS = DAY_MS;
const KEPT_FOR_MS = 30 * DAY_MS;
/** Regions that are read in one look, one after the other. */
const AT_ONCE = 20;
const CONSOLE = { id: "goldsmith-fleet" };

type Running = Pick<Runtime, "aws" | "clock" | "config" | "database">;

/**
 * Reads the fleets again that somebody looked at within a day, every `GOLDSMITH_FLEET_MINUTES`, so that a page opens
 * with rows that are not older. One process of several does so, by a lock of the database; another takes over when
 * it dies.
 */
export const keepInventories = (runtime: Runtime): { stop(): Promise<void> } =>
  keepLocks(
    () => runtime.database(),
    { waiting: "the fleet's inventory waits for the database", restMs: REST_AFTER_FAILURE_MS },
    async ({ locks }, stopping) => {
      while (!stopping.aborted) {
        await locks.check();
        if (await locks.tryLock("fleet-inventories")) await refreshViewed(runtime, stopping);
        await systemClock.sleep(LOOK_EVERY_MS, stopping);
      }
    },
  );

/** Looks once: deletes what nobody wants, then reads what is due, the oldest first. */
export async function refreshViewed(running: Running, stopping?: AbortSignal): Promise<void> {
  const { clock, config, database } = running;
  const { jobOrm } = await database();
  const before = (ms: number) => new Date(clock.now() - ms);
  await jobOrm.delete(fleetInventories).where(lt(fleetInventories.viewedAt, before(KEPT_FOR_MS)));
  const due = await jobOrm
    .select({
      targetId: fleetInventories.targetId,
      accountId: fleetInventories.accountId,
      region: fleetInventories.region,
    })
    .from(fleetInventories)
    .where(
      and(
        gt(fleetInventories.viewedAt, before(VIEWED_WITHIN_MS)),
        lt(fleetInventories.readAt, before(config.fleetMinutes * MINUTE_MS)),
      ),
    )
    .orderBy(asc(fleetInventories.readAt))
    .limit(AT_ONCE);
  for (const { targetId, accountId, region } of due) {
    const target = config.targets.find((one) => one.id === targetId && one.accountId === accountId);
    if (!target || stopping?.aborted) continue;
    const aws = running.aws.open(target, CONSOLE);
    await refreshInventory({ aws, clock, database, target }, region).catch((err: unknown) =>
      logger().info({ err, targetId, region }, "the fleet could not be read again"),
    );
  }
}
