import "server-only";
import { sql } from "drizzle-orm";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type Asked, openQuestion } from "./open-question";
import { historyQuestionSchema } from "./schemas";
import { countFindings, readImagesWithFindings } from "./statistics/count-findings";
import { countResults } from "./statistics/count-results";
import { readRows, within } from "./statistics/history-scope";
import { measureBuilds } from "./statistics/measure-durations";
import type { FactoryHealth, HistoryRange, Percentiles, ResultCounts } from "./types";

export type TargetFigures = Pick<FactoryHealth, "totals" | "before" | "days"> & {
  range: HistoryRange;
  /** Newest images that were scanned, those with critical findings, and how many critical ones each day had. */
  findings: { scanned: number; critical: number; byDay: number[] };
};

/** Results and findings of the last `days`. Throws `unavailable` while the database is away. */
export async function readTargetFigures(ctx: UseCaseContext, days: number): Promise<TargetFigures> {
  return targetFigures(await openQuestion(ctx, historyQuestionSchema.parse({ days })));
}

/** The same of a question that is open. */
export async function targetFigures({ orm, scope, range }: Asked): Promise<TargetFigures> {
  const [results, images, byDay] = await Promise.all([
    countResults(orm, scope, range),
    readImagesWithFindings(orm, scope),
    countFindings(orm, scope, range),
  ]);
  const { scanned, critical } = images;
  return { ...results, range, findings: { scanned, critical, byDay: byDay.map((day) => day.critical) } };
}

export type PipelineDay = ResultCounts & { day: string };

/** The days of the last `days` on which each of the pipelines built something, by name. */
export async function readPipelineDays(
  ctx: UseCaseContext,
  pipelines: string[],
  days: number,
): Promise<Map<string, PipelineDay[]>> {
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse({ days }));
  if (pipelines.length === 0) return new Map();
  const rows = await readRows<{ pipeline: string; days: PipelineDay[] }>(
    orm,
    sql`select r.pipeline, json_agg(json_build_object('day', r.day::text, 'succeeded', r.succeeded, 'failed', r.failed,
        'cancelled', r.cancelled, 'running', r.running) order by r.day) as days
      from history_days r
      where ${scope.builds("r")} and r.pipeline in ${pipelines} and ${within(sql`r.day`, range)}
      group by 1`,
  );
  return new Map(rows.map(({ pipeline, days: own }) => [pipeline, own]));
}

/** How long good builds of each pipeline took in the last `days`; missing for those without any. */
export async function readUsualDurations(
  ctx: UseCaseContext,
  pipelines: string[],
  days: number,
): Promise<Map<string, Percentiles>> {
  const measured = await Promise.all(
    pipelines.map(async (pipeline) => {
      const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse({ days, pipeline }));
      return [pipeline, await measureBuilds(orm, scope, range)] as const;
    }),
  );
  return new Map(measured.flatMap(([pipeline, usual]) => (usual ? [[pipeline, usual] as const] : [])));
}
