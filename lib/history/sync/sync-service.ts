import "server-only";
import { setMaxListeners } from "node:events";
import { HISTORY_SYNC } from "@/lib/auth/history-sync";
import { systemClock } from "@/lib/core/clock";
import type { DatabaseLocks } from "@/lib/db/database";
import { keepLocks } from "@/lib/db/keep-locks";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { logger } from "@/lib/telemetry/logger";
import { toConsoleError } from "@/lib/use-case/console-error";
import type { Runtime } from "@/lib/use-case/runtime";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { receiveBuildEvents } from "./build-events";
import { TargetSync } from "./target-sync";

/** A replica that died is replaced within this. */
const LOOK_EVERY_MS = 10_000;
const REST_AFTER_FAILURE_MS = 30_000;
const REST_AFTER_NO_EVENT_MS = 1_000;

export type SyncService = {
  stop(): Promise<void>;
};

export const lockNameOf = (targetId: string): string => `history ${targetId}`;

/**
 * Syncs every target whose lock this process gets, and goes on trying for the others: of several replicas one syncs
 * a target, and when it dies another takes over.
 */
export const startHistorySync = (runtime: Runtime): SyncService =>
  keepLocks(
    () => runtime.database(),
    { waiting: "the history sync waits for the database", restMs: LOOK_EVERY_MS },
    ({ locks }, stopping) => syncWhileLocked(runtime, locks, stopping),
  );

/** Ends when the session that holds the locks is gone, since others hold them then. */
async function syncWhileLocked(runtime: Runtime, locks: DatabaseLocks, stopping: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  // Every target listens to it: many listeners are no leak here.
  setMaxListeners(0, signal);
  const loops = new Map<string, Promise<void>>();
  try {
    while (!stopping.aborted) {
      await locks.check();
      for (const { id } of runtime.config.targets) {
        if (!loops.has(id) && (await locks.tryLock(lockNameOf(id))))
          loops.set(id, syncTarget(runtime, id, signal));
      }
      await systemClock.sleep(LOOK_EVERY_MS, stopping);
    }
  } finally {
    lost.abort();
    await Promise.all(loops.values());
  }
}

async function syncTarget(runtime: Runtime, targetId: string, signal: AbortSignal): Promise<void> {
  const ctx = contextIn(runtime, { targetId, actor: HISTORY_SYNC });
  const sync = new TargetSync(ctx, await runtime.database(), runtime.config.history);
  signal.addEventListener("abort", () => sync.stop(), { once: true });
  const events = followEvents(ctx, sync, signal);
  // The first page after a start finds the list of pipelines there, which may be long.
  await unlessFailed(allPipelines(ctx), []);
  while (!signal.aborted) {
    const restMs = await stepPatiently(sync, targetId, signal);
    await systemClock.sleep(restMs, AbortSignal.any([signal, sync.woken()]));
  }
  await events;
}

/** Wakes the sync at each event of a build, where the target has a queue of them. */
async function followEvents(ctx: UseCaseContext, sync: TargetSync, signal: AbortSignal): Promise<void> {
  const { buildEventsQueueUrl: queueUrl, id: targetId } = ctx.target;
  while (queueUrl && !signal.aborted) {
    try {
      const { arns, foreign } = await receiveBuildEvents(ctx.aws, queueUrl);
      if (foreign > 0) {
        logger().warn(
          { targetId, foreign },
          "the queue of build events holds other messages; they are left there",
        );
      }
      if (arns.length > 0) sync.wake();
      else await systemClock.sleep(REST_AFTER_NO_EVENT_MS, signal);
    } catch (error) {
      logger().warn({ err: error, targetId }, "events of builds cannot be received");
      await systemClock.sleep(REST_AFTER_FAILURE_MS, signal);
    }
  }
}

async function stepPatiently(sync: TargetSync, targetId: string, signal: AbortSignal): Promise<number> {
  try {
    return await sync.step();
  } catch (error) {
    if (signal.aborted) return 0;
    const mistake = toConsoleError(error);
    logger().warn({ err: error, targetId }, "the history sync stopped");
    await sync.noteMistake(mistake).catch(() => undefined);
    return REST_AFTER_FAILURE_MS;
  }
}
