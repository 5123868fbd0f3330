import "server-only";
import { and, asc, gt, isNull } from "drizzle-orm";
import type { AwsAccess } from "@/lib/aws/types";
import { systemClock } from "@/lib/core/clock";
import type { Database, DatabaseLocks } from "@/lib/db/database";
import { keepLocks } from "@/lib/db/keep-locks";
import { rollOuts } from "@/lib/db/roll-out-schema";
import { logger } from "@/lib/telemetry/logger";
import type { Runtime } from "@/lib/use-case/runtime";
import { unlessGone } from "@/lib/use-case/unless-failed";
import { advanceSeries } from "../series/advance-series";
import { readGroup } from "./read-roll-out-group";
import type { StoredRollOut } from "./roll-out-rows";
import { endWithoutGroup, settleRollOut } from "./settle-roll-out";

const LOOK_EVERY_MS = 15_000;
/** While one group waits for another, the next one is started soon after. */
const LOOK_SOON_MS = 5_000;
const REST_AFTER_FAILURE_MS = 30_000;
/** Rows that are read at a time. */
const AT_ONCE = 50;
const CONSOLE = { id: "goldsmith" };

/**
 * Keeps the rows of roll-outs that have not ended up to date also while nobody looks, so that their end is recorded
 * before AWS forgets it, and starts the next group of several when its gate opens. One process of several does so, by a
 * lock of the database; another takes over when it dies.
 */
export const watchRollOuts = (runtime: Runtime): { stop(): Promise<void> } =>
  keepLocks(
    () => runtime.database(),
    { waiting: "roll-outs wait for the database", restMs: REST_AFTER_FAILURE_MS },
    ({ database, locks }, stopping) => watchWhileLocked(runtime, database, locks, stopping),
  );

async function watchWhileLocked(
  runtime: Runtime,
  database: Database,
  locks: DatabaseLocks,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    await locks.check();
    let isBusy = false;
    if (await locks.tryLock("roll-outs")) {
      await settleOpen(runtime, database);
      isBusy = await advanceSeries(runtime, database);
    }
    await systemClock.sleep(isBusy ? LOOK_SOON_MS : LOOK_EVERY_MS, stopping);
  }
}

/** Looks once at every roll-out that has not ended; one that cannot be read now is left for the next look. */
export async function settleOpen(
  runtime: Pick<Runtime, "aws" | "clock" | "config" | "database">,
  { jobOrm: orm }: Pick<Database, "jobOrm">,
): Promise<void> {
  let last: string | undefined;
  do {
    const open = await orm
      .select()
      .from(rollOuts)
      .where(and(isNull(rollOuts.endedAt), last === undefined ? undefined : gt(rollOuts.id, last)))
      .orderBy(asc(rollOuts.id))
      .limit(AT_ONCE);
    for (const row of open as StoredRollOut[]) await settleOne(runtime, row);
    last = open.length < AT_ONCE ? undefined : open.at(-1)?.id;
  } while (last !== undefined);
}

async function settleOne(
  runtime: Pick<Runtime, "aws" | "clock" | "config" | "database">,
  row: StoredRollOut,
): Promise<void> {
  const target = runtime.config.targets.find(({ id }) => id === row.targetId);
  if (!target) return;
  const aws: AwsAccess = runtime.aws.open(target, CONSOLE).inRegion(row.region);
  try {
    const group = await unlessGone(readGroup(aws, row.groupName), undefined);
    if (group) await settleRollOut(runtime, aws, row, group);
    else await endWithoutGroup(runtime, row);
  } catch (error) {
    logger().info({ err: error, rollOut: row.id }, "a roll-out could not be read");
  }
}
