import "server-only";
import { and, eq, lt } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Target } from "@/lib/core/target";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import type { Database, Orm } from "@/lib/db/database";
import { historySync } from "@/lib/db/history-schema";
import { metricBuilds, metricTargets } from "@/lib/db/metrics-schema";
import { logger } from "@/lib/telemetry/logger";
import type { Runtime } from "@/lib/use-case/runtime";
import { choosePipelines } from "./choose-pipelines";
import { countBuilds, settleDoubt } from "./count-builds";
import { putMetrics } from "./put-metrics";
import { readGauges } from "./read-gauges";

/** Longer than AWS takes their time stamps: until then a build could be sent again. */
const KEEP_MS = 15 * DAY_MS;
const FIRST_RETRY_MS = MINUTE_MS;
const CONSOLE = { id: "goldsmith" };

/**
 * Sends what CloudWatch does not have yet of one target: builds that ended, and once an hour ages and findings. What
 * AWS says against it is kept for the settings page and tried again later, at most an hour after; nothing else of the
 * console waits for it.
 */
export async function sendMetrics(
  { aws, clock }: Pick<Runtime, "aws" | "clock">,
  { jobOrm: orm }: Pick<Database, "jobOrm">,
  target: Target,
): Promise<void> {
  const targetId = target.id;
  const own = eq(metricTargets.targetId, targetId);
  const [known] = await orm.select().from(metricTargets).where(own);
  const now = clock.now();
  const most = target.cloudWatchPipelines;
  if (most === undefined) {
    if (known?.since) await orm.update(metricTargets).set({ since: null }).where(own);
    return;
  }
  const since = known?.since ?? new Date(now);
  if (!known?.since)
    await orm
      .insert(metricTargets)
      .values({ targetId, since })
      .onConflictDoUpdate({ target: metricTargets.targetId, set: { since } });
  if (known?.nextAt && known.nextAt.getTime() > now) return;
  // Which pipelines build the most is known once the history has been read.
  const [sync] = await orm.select().from(historySync).where(eq(historySync.targetId, targetId));
  if (sync && !sync.backfilledAt) return;
  try {
    const pipelines = new Set(await choosePipelines(orm, { targetId, most, now: new Date(now) }));
    const counting = { orm, aws: aws.open(target, CONSOLE), targetId, now };
    const counted = (await settleDoubt(counting)) ? 0 : await countBuilds(counting, { since, pipelines });
    const isDue = Math.floor((known?.gaugesAt?.getTime() ?? 0) / HOUR_MS) < Math.floor(now / HOUR_MS);
    const gauges = isDue ? await readGauges(orm, { targetId, now, pipelines }) : [];
    await putMetrics(counting.aws, gauges);
    const sent = counted + gauges.length > 0;
    await orm
      .update(metricTargets)
      .set({
        ...(sent && { sentAt: new Date(now) }),
        ...(gauges.length > 0 && { gaugesAt: new Date(now) }),
        // A round that had nothing to send proves nothing.
        ...(sent && { mistake: null, mistakeSince: null, missingAction: null }),
        ...{ tries: 0, nextAt: null },
      })
      .where(own);
    await orm
      .delete(metricBuilds)
      .where(and(eq(metricBuilds.targetId, targetId), lt(metricBuilds.endedAt, new Date(now - KEEP_MS))));
  } catch (error) {
    await noteMistake(orm, targetId, error, { now, tries: known?.tries ?? 0, since: known?.mistakeSince });
  }
}

async function noteMistake(
  orm: Orm,
  targetId: string,
  error: unknown,
  { now, tries, since }: { now: number; tries: number; since: Date | null | undefined },
): Promise<void> {
  const detail = error instanceof ConsoleFailure ? error.detail : undefined;
  logger().warn({ err: error, targetId }, "metrics could not be sent to CloudWatch");
  await orm
    .update(metricTargets)
    .set({
      mistake: detail?.message ?? "The metrics could not be sent. See the console's own log.",
      mistakeSince: since ?? new Date(now),
      missingAction: detail?.missingAction ?? null,
      tries: tries + 1,
      nextAt: new Date(now + Math.min(FIRST_RETRY_MS * 2 ** Math.min(tries, 10), HOUR_MS)),
    })
    .where(eq(metricTargets.targetId, targetId));
}
