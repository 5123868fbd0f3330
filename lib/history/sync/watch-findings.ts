import "server-only";
import { and, asc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { HOUR_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyPipelines } from "@/lib/db/history-schema";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { raiseEvent, wantsTags } from "@/lib/notifications/raise-event";
import type { BuildEvent, EventKind } from "@/lib/notifications/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readFindings } from "./read-build-detail";
import { pipelineTags } from "./watch-account";

/** One call for each image: an account of 500 pipelines costs 500 an hour. */
const READ_EVERY_MS = HOUR_MS;
const IMAGES_AT_ONCE = 12;

type Build = typeof historyBuilds.$inferSelect;

/**
 * Raises critical findings that came after a build's end: a vulnerability is published, and the image is scanned again.
 * Only the latest successful image of each pipeline is looked at, hourly, and only where a rule asks (`wanted`). The history keeps
 * what was found at the build's end.
 */
export async function watchFindings(
  ctx: UseCaseContext,
  orm: Orm,
  wanted: ReadonlySet<EventKind>,
): Promise<void> {
  const targetId = ctx.target.id;
  if (!wanted.has("critical-findings")) return;
  const now = new Date(ctx.clock.now());
  const readAt = sql`coalesce(${historyBuilds.findingsReadAt}, ${historyBuilds.detailedAt})`;
  const due = await orm
    .select({ build: historyBuilds })
    .from(historyPipelines)
    .innerJoin(historyBuilds, eq(historyBuilds.id, historyPipelines.lastGoodId))
    .where(
      and(
        eq(historyPipelines.targetId, targetId),
        isNull(historyBuilds.goneAt),
        // Only what was scanned has findings that can change.
        isNotNull(historyBuilds.findingsAll),
        lt(readAt, sql`${new Date(now.getTime() - READ_EVERY_MS).toISOString()}::timestamptz`),
      ),
    )
    .orderBy(asc(readAt))
    .limit(IMAGES_AT_ONCE);
  for (const { build } of due) await readAgain(ctx, orm, build, now);
}

async function readAgain(ctx: UseCaseContext, orm: Orm, build: Build, now: Date): Promise<void> {
  const { value: findings } = await unlessFailed(readFindings(ctx, build.arn), undefined);
  const before = build.criticalsSeen ?? build.findingsCritical ?? 0;
  // What AWS does not say this time is looked for again in an hour, and nothing is taken for none.
  const critical = findings?.findingsCritical ?? before;
  const high = findings?.findingsHigh ?? 0;
  const event = critical > before && eventOf(build, { critical, high, before }, now);
  const tags = event ? await tagsOf(ctx, orm, build) : undefined;
  await orm.transaction(async (tx) => {
    await tx
      .update(historyBuilds)
      .set({ criticalsSeen: critical, findingsReadAt: now })
      .where(eq(historyBuilds.id, build.id));
    if (event)
      await raiseEvent(tx, { ...event, tags }, `${build.arn} critical-findings ${now.toISOString()}`, now);
  });
}

function eventOf(build: Build, findings: BuildEvent["findings"], now: Date): BuildEvent {
  const { targetId, arn, name, displayName, version, build: number, pipeline, endedAt, seenAt, amis } = build;
  return {
    kinds: ["critical-findings"],
    ...{ targetId, arn, findings },
    image: { name, displayName, version, build: number },
    ...(pipeline && { pipeline }),
    endedAt: (endedAt ?? seenAt).toISOString(),
    at: now.toISOString(),
    amis: amis ?? [],
  };
}

/** Tags of the image and its pipeline, where a rule asks for any. */
async function tagsOf(
  ctx: UseCaseContext,
  orm: Orm,
  { name, version, build, pipeline }: Build,
): Promise<Record<string, string>> {
  if (!(await wantsTags(orm, ctx.target.id))) return {};
  const { value: image } = await unlessFailed(
    getImageBuild({ ctx, input: { name, version, build } }),
    undefined,
  );
  return { ...(await pipelineTags(ctx, pipeline)), ...image?.tags };
}
