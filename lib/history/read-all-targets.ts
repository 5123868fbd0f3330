import "server-only";
import { sql } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type Asked, openQuestion } from "./open-question";
import { type PipelineDay, type TargetFigures, targetFigures } from "./read-figures";
import { historyQuestionSchema } from "./schemas";
import { readRows, within } from "./statistics/history-scope";
import { inPairs } from "./statistics/measure-durations";
import { readGoodImages } from "./statistics/read-good-images";
import { readHistoryStandings, readRunningBuilds } from "./statistics/read-newest-builds";
import type { HistoryImage, HistoryIndex } from "./types";

const openAll = (ctx: UseCaseContext, days?: number): Promise<Asked> =>
  openQuestion(ctx, historyQuestionSchema.parse({ targets: "all", ...(days && { days }) }));

type SyncRow = { target: string; isListed: boolean; syncedAt: string; mistake: string | null };

/**
 * What the index knows of every target of which the actor may see anything, by its ID, in as many queries for a hundred
 * targets as for one. Throws `unavailable` while the database is away.
 */
export async function readAllIndexes(ctx: UseCaseContext): Promise<Map<string, HistoryIndex>> {
  const { orm, scope } = await openAll(ctx);
  const [standings, running, states] = await Promise.all([
    readHistoryStandings(orm, scope, ctx.settings.history),
    readRunningBuilds(orm, scope),
    readRows<SyncRow>(
      orm,
      sql`select target_id as target, walked_at is not null as "isListed",
        to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "syncedAt", mistake from history_sync`,
    ),
  ]);
  const seen = ctx.targets.filter(({ id }) => permits(ctx.actor, "list-targets", id));
  return new Map(
    seen.map(({ id }): [string, HistoryIndex] => {
      const state = states.find(({ target }) => target === id);
      return [
        id,
        {
          standings: standings.filter(({ target }) => target === id),
          running: running.filter(({ target }) => target === id),
          isListed: state?.isListed ?? false,
          ...(state && { syncedAt: state.syncedAt }),
          ...(state?.mistake && { mistake: state.mistake }),
        },
      ];
    }),
  );
}

export type AllFigures = TargetFigures & {
  /** Of the targets that built something, by ID. */
  byTarget: Map<string, { succeeded: number; failed: number }>;
};

/** Results and findings of the last `days`, of all targets together and of each. Throws `unavailable` likewise. */
export async function readAllFigures(ctx: UseCaseContext, days: number): Promise<AllFigures> {
  const asked = await openAll(ctx, days);
  const [figures, rows] = await Promise.all([
    targetFigures(asked),
    readRows<{ target: string; succeeded: number; failed: number }>(
      asked.orm,
      sql`select r.target_id as target, sum(r.succeeded)::int as succeeded, sum(r.failed)::int as failed
        from history_days r where ${asked.scope.rollups("r")} and ${within(sql`r.day`, asked.range)} group by 1`,
    ),
  ]);
  return { ...figures, byTarget: new Map(rows.map(({ target, ...results }) => [target, results])) };
}

type PipelineOfTarget = { target: string; pipeline: string };

/** The days of the last `days` on which each of the pipelines built something, by `target/pipeline`. */
export async function readDaysOf(
  ctx: UseCaseContext,
  pipelines: PipelineOfTarget[],
  days: number,
): Promise<Map<string, PipelineDay[]>> {
  if (pipelines.length === 0) return new Map();
  const { orm, scope, range } = await openAll(ctx, days);
  const rows = await readRows<PipelineOfTarget & { days: PipelineDay[] }>(
    orm,
    sql`select r.target_id as target, r.pipeline, json_agg(json_build_object('day', r.day::text, 'succeeded', r.succeeded,
        'failed', r.failed, 'cancelled', r.cancelled, 'running', r.running) order by r.day) as days
      from history_days r
      where ${scope.builds("r")} and ${inPairs(pipelines)} and ${within(sql`r.day`, range)}
      group by 1, 2`,
  );
  return new Map(rows.map(({ target, pipeline, days: own }) => [`${target}/${pipeline}`, own]));
}

/** The latest successful image of each pipeline and name of every target. Throws `unavailable` likewise. */
export async function readAllImages(ctx: UseCaseContext): Promise<HistoryImage[]> {
  const { orm, scope } = await openAll(ctx);
  return readGoodImages(orm, scope, ctx.settings.history);
}
