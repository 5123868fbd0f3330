import "server-only";
import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { and, desc, eq, isNotNull, lte, sql } from "drizzle-orm";
import { DAY_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyPipelines } from "@/lib/db/history-schema";
import { waitingSteps } from "@/lib/image-builder/approvals/waiting-steps";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { disabledNotice, staleNotice, waitingNotice } from "@/lib/notifications/notices";
import { raiseEvent } from "@/lib/notifications/raise-event";
import type { EventKind } from "@/lib/notifications/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/**
 * Raises what no build tells of: steps that wait, pipelines that AWS disabled, stale images. Only what a rule asks for
 * (`wanted`) is looked for; what AWS does not say this time is looked for again the next time.
 */
export async function watchAccount(
  ctx: UseCaseContext,
  orm: Orm,
  wanted: ReadonlySet<EventKind>,
): Promise<void> {
  const now = new Date(ctx.clock.now());
  if (wanted.has("waits-for-approval")) await raiseWaiting(ctx, orm, now);
  if (!wanted.has("pipeline-disabled") && !wanted.has("image-stale")) return;
  const { value: pipelines } = await unlessFailed(allPipelines(ctx), []);
  if (wanted.has("pipeline-disabled"))
    for (const pipeline of pipelines) await raiseDisabled(ctx, orm, pipeline, now);
  if (wanted.has("image-stale")) await raiseStale(ctx, orm, pipelines, now);
}

/** Tags of an image's pipeline, where the pipelines can be listed. */
export async function pipelineTags(ctx: UseCaseContext, name: string): Promise<Record<string, string>> {
  const { value: pipelines } = await unlessFailed(allPipelines(ctx), []);
  return pipelines.find((pipeline) => pipeline.name === name)?.tags ?? {};
}

async function raiseWaiting(ctx: UseCaseContext, orm: Orm, now: Date): Promise<void> {
  const { value: steps } = await unlessFailed(waitingSteps(ctx), []);
  for (const step of steps) {
    const { name, version, build } = step.build;
    const notice = waitingNotice({
      targetId: ctx.target.id,
      at: step.startedAt ?? now.toISOString(),
      name,
      build: `${step.imageName} ${version}/${build}`,
      pipeline: step.pipelineName,
      step: step.stepName,
      description: step.description,
      expiresAt: step.expiresAt,
    });
    await raiseEvent(orm, notice, `waits ${step.stepExecutionId}`, now);
  }
}

async function raiseDisabled(
  ctx: UseCaseContext,
  orm: Orm,
  { arn = "", name = "", status, schedule, consecutiveFailures = 0, dateLastRun, tags }: ImagePipeline,
  now: Date,
): Promise<void> {
  const limit = schedule?.autoDisablePolicy?.failureCount;
  if (status !== "DISABLED" || limit === undefined || consecutiveFailures < limit) return;
  const targetId = ctx.target.id;
  const [last] = await orm
    .select()
    .from(historyBuilds)
    .where(
      and(
        eq(historyBuilds.targetId, targetId),
        eq(historyBuilds.pipeline, name),
        eq(historyBuilds.result, "failed"),
      ),
    )
    .orderBy(desc(historyBuilds.createdAt))
    .limit(1);
  // AWS does not say when it disabled a pipeline: it does so when the last of the failures ends.
  const at = last?.endedAt ?? last?.seenAt ?? (dateLastRun ? new Date(dateLastRun) : now);
  const notice = disabledNotice({
    targetId,
    at: at.toISOString(),
    pipeline: name,
    failures: consecutiveFailures,
    reason: last?.ruleTitle ?? last?.reason ?? undefined,
    tags,
  });
  await raiseEvent(orm, notice, `disabled ${arn} ${dateLastRun ?? ""}`, now);
}

async function raiseStale(
  ctx: UseCaseContext,
  orm: Orm,
  pipelines: ImagePipeline[],
  now: Date,
): Promise<void> {
  const { id: targetId } = ctx.target;
  const days = sql<number>`coalesce(${historyPipelines.freshWithinDays}, ${ctx.settings.history.freshWithinDays})`;
  const stale = await orm
    .select({
      pipeline: historyPipelines.pipeline,
      days,
      id: historyBuilds.id,
      latest: sql<string>`${historyBuilds.displayName} || ' ' || ${historyBuilds.version} || '/' || ${historyBuilds.build}`,
      latestAt: historyPipelines.lastGoodAt,
    })
    .from(historyPipelines)
    .innerJoin(historyBuilds, eq(historyBuilds.id, historyPipelines.lastGoodId))
    .where(
      and(
        eq(historyPipelines.targetId, targetId),
        isNotNull(historyPipelines.lastGoodAt),
        lte(
          sql`${historyPipelines.lastGoodAt} + make_interval(days => ${days})`,
          sql`${now.toISOString()}::timestamptz`,
        ),
      ),
    );
  const enabled = new Map(
    pipelines.flatMap(({ name, status, tags }) =>
      name && status !== "DISABLED" ? [[name, tags] as const] : [],
    ),
  );
  for (const { pipeline, days: limit, id, latest, latestAt } of stale) {
    if (!latestAt || !enabled.has(pipeline)) continue;
    const notice = staleNotice({
      targetId,
      at: new Date(latestAt.getTime() + limit * DAY_MS).toISOString(),
      pipeline,
      latest,
      latestAt: latestAt.toISOString(),
      days: limit,
      tags: enabled.get(pipeline),
    });
    await raiseEvent(orm, notice, `stale ${pipeline} ${id}`, now);
  }
}
