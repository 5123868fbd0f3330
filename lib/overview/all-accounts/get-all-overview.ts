import "server-only";
import { MINUTE_MS } from "@/lib/core/time";
import { addDays, dayAt, listDays } from "@/lib/history/calendar-day";
import {
  readPipelineDays,
  readTargetFigures,
  readUsualDurations,
  type TargetFigures,
} from "@/lib/history/read-figures";
import { buildStages } from "@/lib/image-builder/image-builds/build-stages";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { attentionOf, compareAttention, staleDays } from "../attention";
import { sumOfDays } from "../day-results";
import type { AllOverview, DayResults, RunningBuild } from "../types";
import { unlessAway } from "../unless-away";
import {
  accountStanding,
  type ReadAccount,
  readEachAccount,
  sharedOverAll,
  worstIndex,
} from "./each-account";

const RANGE_DAYS = 45;
const MAX_ACTIVITY = 20;
const MAX_RUNNING = 12;

/**
 * What needs somebody, what runs and the last 45 days of every account that the caller may see, from the history: what
 * only AWS knows, such as schedules and steps that wait, is read on the page of each account.
 */
export const getAllOverview = useCase("get-all-overview", noInput, ({ ctx }) =>
  sharedOverAll(ctx, "get-all-overview", () => workOut(ctx)),
);

async function workOut(ctx: UseCaseContext): Promise<AllOverview> {
  const nowMs = ctx.clock.now();
  const { timeZone } = ctx.settings.history;
  const today = dayAt(timeZone, nowMs);
  const days = listDays(addDays(today, 1 - RANGE_DAYS), today);
  const read = await readEachAccount(ctx);
  const figures = await Promise.all(read.map(figuresOf));
  const accounts = read.map((account, index) =>
    accountStanding(account, figures[index]?.totals ?? { succeeded: 0, failed: 0 }),
  );
  const [activity, running] = await Promise.all([activityOf(read, days[0] ?? today), runningOf(read)]);
  const stale = read.flatMap(({ index }) =>
    index.standings.flatMap((standing) => staleDays(standing, nowMs) ?? []),
  );
  const byDay = addUp(figures.flatMap((own) => own?.days ?? []));
  const before = sumOf(figures.flatMap((own) => (own ? [own.before] : [])));
  const known = figures.flatMap((own) => (own ? [own.findings] : []));
  return {
    accounts,
    freshness: {
      asOf: new Date(Math.floor(nowMs / MINUTE_MS) * MINUTE_MS).toISOString(),
      timeZone,
      index: worstIndex(accounts),
      behindMinutes: Math.max(0, ...accounts.flatMap(({ behindMinutes }) => behindMinutes ?? [])),
      pipelines: accounts.reduce((sum, { pipelines }) => sum + pipelines, 0),
      unread: 0,
      // Each account says its own beside its name.
      reasons: [],
    },
    attention: read
      .flatMap(({ ctx: { target }, index }) =>
        attentionOf(
          index.standings.map((standing) => ({
            pipeline: {},
            summary: { name: standing.pipeline, status: "", tags: {} },
            standing,
          })),
          [],
          nowMs,
        ).map((row) => ({ ...row, target: target.id })),
      )
      .toSorted(compareAttention(nowMs)),
    running,
    next: [],
    days,
    activity,
    totals: {
      ...sumOfDays(byDay),
      ...(before.succeeded + before.failed > 0 && { before }),
      byDay,
      failing: accounts.reduce((sum, { failing }) => sum + failing, 0),
      stale: stale.length,
      ...(stale.length > 0 && { oldestDays: Math.max(...stale) }),
      ...(known.length > 0 && {
        findings: {
          scanned: known.reduce((sum, { scanned }) => sum + scanned, 0),
          critical: known.reduce((sum, { critical }) => sum + critical, 0),
          byDay: days.map((_, index) => known.reduce((sum, own) => sum + (own.byDay[index] ?? 0), 0)),
        },
      }),
    },
  };
}

async function figuresOf({ ctx, reason }: ReadAccount): Promise<TargetFigures | undefined> {
  if (reason !== undefined) return undefined;
  return (await unlessAway(readTargetFigures(ctx, RANGE_DAYS), undefined)).value;
}

/** The pipelines that ran last, in whatever account. */
async function activityOf(read: ReadAccount[], firstDay: string): Promise<AllOverview["activity"]> {
  const shown = read
    .flatMap((account) => account.index.standings.map((standing) => ({ account, standing })))
    .toSorted((a, b) => b.standing.lastBuild.createdAt.localeCompare(a.standing.lastBuild.createdAt))
    .slice(0, MAX_ACTIVITY);
  const days = new Map(
    await Promise.all(
      read.map(async (account) => {
        const own = shown.filter((row) => row.account === account).map(({ standing }) => standing.pipeline);
        const found = await unlessAway(readPipelineDays(account.ctx, own, RANGE_DAYS), undefined);
        return [account, found.value] as const;
      }),
    ),
  );
  return shown.map(({ account, standing: { pipeline, lastBuild } }) => ({
    target: account.ctx.target.id,
    pipelineName: pipeline,
    days: (days.get(account)?.get(pipeline) ?? []).filter(({ day }) => day >= firstDay),
    lastBuild,
    isRead: true,
  }));
}

async function runningOf(read: ReadAccount[]): Promise<RunningBuild[]> {
  const each = await Promise.all(
    read.map(async ({ ctx, index: { running } }) => {
      const names = [...new Set(running.flatMap(({ pipelineName }) => pipelineName ?? []))].slice(
        0,
        MAX_RUNNING,
      );
      const { value: usual } = await unlessAway(readUsualDurations(ctx, names, RANGE_DAYS), undefined);
      return running.map((build): RunningBuild => {
        const took = usual?.get(build.pipelineName ?? "");
        return {
          ...build,
          target: ctx.target.id,
          stages: buildStages({ ...build, workflows: [] }),
          ...(took && { usual: { p50Ms: took.p50Ms, p95Ms: took.p95Ms } }),
        };
      });
    }),
  );
  return each.flat().toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}

const sumOf = (results: { succeeded: number; failed: number }[]) => ({
  succeeded: results.reduce((sum, { succeeded }) => sum + succeeded, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
});

/** One row a day, of all accounts together. */
function addUp(rows: DayResults[]): DayResults[] {
  const byDay = new Map<string, DayResults>();
  for (const row of rows) {
    const sum = byDay.get(row.day) ?? { day: row.day, succeeded: 0, failed: 0, cancelled: 0, running: 0 };
    byDay.set(row.day, {
      day: row.day,
      succeeded: sum.succeeded + row.succeeded,
      failed: sum.failed + row.failed,
      cancelled: sum.cancelled + row.cancelled,
      running: sum.running + row.running,
    });
  }
  return [...byDay.values()].toSorted((a, b) => a.day.localeCompare(b.day));
}
