import "server-only";
import { and, desc, eq, getTableColumns, inArray, lt, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyStale, historySteps } from "@/lib/db/history-schema";
import { kindsOf } from "@/lib/notifications/build-event-kinds";
import { raiseEvent } from "@/lib/notifications/raise-event";
import type { BuildEvent } from "@/lib/notifications/types";
import type { StepTime } from "./build-times";
import type { NewBuildRow } from "./listed-build";

const SAVED = {
  id: historyBuilds.id,
  arn: historyBuilds.arn,
  day: historyBuilds.day,
  pipeline: historyBuilds.pipeline,
};

/** Columns that may be empty. */
const DETAILS = Object.entries(getTableColumns(historyBuilds))
  .filter(([, column]) => !column.notNull)
  .map(([name]) => name);

type SavedRow = { id: number; arn: string; day: string; pipeline: string };
type Known = Pick<typeof historyBuilds.$inferSelect, "arn" | "status" | "result" | "pipeline" | "goneAt">;

/**
 * Keeps what a page of a list says, in the caller's transaction. Gives how many builds were new or had moved on:
 * none means that the list has nothing more to say.
 */
export async function saveListed(tx: Orm, rows: NewBuildRow[]): Promise<{ news: number; rows: SavedRow[] }> {
  const [first] = rows;
  if (!first) return { news: 0, rows: [] };
  const known = new Map((await readKnown(tx, first.targetId, rows)).map((row) => [row.arn, row]));
  const merged = rows.map((row) => mergeListed(row, known.get(row.arn)));
  const movedArns = new Set(merged.filter((row) => hasMoved(row, known.get(row.arn))).map(({ arn }) => arn));
  const saved = await tx
    .insert(historyBuilds)
    .values(merged)
    .onConflictDoUpdate({
      target: [historyBuilds.targetId, historyBuilds.arn],
      set: {
        pipeline: sql`excluded.pipeline`,
        status: sql`excluded.status`,
        result: sql`excluded.result`,
        reason: sql`coalesce(excluded.reason, ${historyBuilds.reason})`,
        amis: sql`excluded.amis`,
        seenAt: sql`excluded.seen_at`,
        goneAt: null,
        // A retry takes a build up again: what was read about its first end is read anew.
        detailedAt: sql`case when excluded.result = ${historyBuilds.result} then ${historyBuilds.detailedAt} end`,
      },
    })
    .returning(SAVED);
  const news = saved.filter(({ arn }) => movedArns.has(arn));
  await markStale(tx, first.targetId, news);
  return { news: news.length, rows: saved };
}

/** What those who are told of a build read beside its row. */
export type Told = Pick<BuildEvent, "evidence" | "fix" | "tags">;

/** Keeps all about one build, in the place of what was known before, and tells of its end. */
export async function saveDetail(orm: Orm, row: NewBuildRow, steps: StepTime[], told: Told): Promise<void> {
  await orm.transaction(async (tx) => {
    const [known] = await readKnown(tx, row.targetId, [row]);
    const merged = mergeListed(row, known);
    const { targetId: _target, arn: _arn, ...set } = withNulls(merged);
    const [saved] = await tx
      .insert(historyBuilds)
      .values(merged)
      .onConflictDoUpdate({
        target: [historyBuilds.targetId, historyBuilds.arn],
        set: { ...set, goneAt: null },
      })
      .returning(SAVED);
    if (!saved) return;
    await tx.delete(historySteps).where(eq(historySteps.buildId, saved.id));
    if (steps.length > 0) {
      await tx
        .insert(historySteps)
        .values(steps.map((step, ordinal) => ({ ...step, buildId: saved.id, ordinal })));
    }
    await markStale(tx, row.targetId, [saved]);
    const event = { ...(await eventOf(tx, merged)), ...told };
    await raiseEvent(tx, event, `${event.arn} ${event.kinds[0]} ${event.endedAt}`, row.seenAt);
  });
}

/** What an ended build is to those who are told of it. */
async function eventOf(tx: Orm, row: NewBuildRow): Promise<BuildEvent> {
  const [previous] = await tx
    .select({ result: historyBuilds.result })
    .from(historyBuilds)
    .where(
      and(
        eq(historyBuilds.targetId, row.targetId),
        row.pipeline ? eq(historyBuilds.pipeline, row.pipeline) : eq(historyBuilds.name, row.name),
        inArray(historyBuilds.result, ["succeeded", "failed"]),
        lt(historyBuilds.createdAt, row.createdAt),
      ),
    )
    .orderBy(desc(historyBuilds.createdAt))
    .limit(1);
  const criticals = row.findingsCritical ?? 0;
  return {
    kinds: kindsOf({ result: row.result, previous: previous?.result, criticals }),
    targetId: row.targetId,
    arn: row.arn,
    image: { name: row.name, displayName: row.displayName, version: row.version, build: row.build },
    pipeline: row.pipeline || undefined,
    endedAt: (row.endedAt ?? row.seenAt).toISOString(),
    reason: row.reason ?? undefined,
    cause: row.ruleTitle ?? undefined,
    stage: row.failedStage ?? undefined,
    step: row.failedStep ?? undefined,
    startedBy: row.startedBy ?? undefined,
    findings: { critical: criticals, high: row.findingsHigh ?? 0 },
    amis: row.amis ?? [],
  };
}

/** AWS has the build no more: the row stays and says so. */
export async function saveGone(orm: Orm, targetId: string, arn: string, at: Date): Promise<void> {
  await orm.transaction(async (tx) => {
    const gone = await tx
      .update(historyBuilds)
      .set({
        goneAt: at,
        detailedAt: sql`coalesce(${historyBuilds.detailedAt}, ${at.toISOString()}::timestamptz)`,
        // What was still running when AWS forgot it has not succeeded, as far as anybody knows.
        result: sql`case when ${historyBuilds.result} = 'running' then 'cancelled' else ${historyBuilds.result} end`,
      })
      .where(and(eq(historyBuilds.targetId, targetId), eq(historyBuilds.arn, arn)))
      .returning(SAVED);
    await markStale(tx, targetId, gone);
  });
}

/** What follows from these builds is to be worked out again; that is written with what made it stale. */
async function markStale(
  tx: Orm,
  targetId: string,
  builds: { id: number; day: string; pipeline: string }[],
): Promise<void> {
  const of = (kind: "day" | "pipeline" | "build", values: string[]) =>
    [...new Set(values)].map((value) => ({ targetId, kind, value }));
  const stale = [
    ...of(
      "day",
      builds.map(({ day }) => day),
    ),
    ...of(
      "pipeline",
      builds.map(({ pipeline }) => pipeline),
    ),
    ...of(
      "build",
      builds.map(({ id }) => String(id)),
    ),
  ];
  if (stale.length > 0) await tx.insert(historyStale).values(stale).onConflictDoNothing();
}

const readKnown = (tx: Orm, targetId: string, rows: { arn: string }[]): Promise<Known[]> =>
  tx
    .select({
      arn: historyBuilds.arn,
      status: historyBuilds.status,
      result: historyBuilds.result,
      pipeline: historyBuilds.pipeline,
      goneAt: historyBuilds.goneAt,
    })
    .from(historyBuilds)
    .where(
      and(
        eq(historyBuilds.targetId, targetId),
        inArray(
          historyBuilds.arn,
          rows.map(({ arn }) => arn),
        ),
      ),
    );

/** What is not said this time is not true any more: a build that was retried has no failure. */
const withNulls = (row: NewBuildRow) =>
  ({
    ...Object.fromEntries(DETAILS.map((column) => [column, null])),
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
  }) as NewBuildRow;

/** The account's own list names no pipeline, and a deleted image's status not how it ended: both are kept. */
function mergeListed(row: NewBuildRow, known: Known | undefined): NewBuildRow {
  if (!known) return row;
  const keepsResult = row.status === "DELETED" && known.result !== "running";
  return {
    ...row,
    pipeline: row.pipeline || known.pipeline,
    result: keepsResult ? known.result : row.result,
  };
}

const hasMoved = (row: NewBuildRow, known: Known | undefined): boolean =>
  !known ||
  known.goneAt !== null ||
  known.status !== row.status ||
  known.result !== row.result ||
  known.pipeline !== row.pipeline;
