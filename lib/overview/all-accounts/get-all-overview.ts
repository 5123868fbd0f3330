import "server-only";
import { MINUTE_MS } from "@/lib/core/time";
import { addDays, dayAt, listDays } from "@/lib/history/calendar-day";
import { readAllFigures, readDaysOf } from "@/lib/history/read-all-targets";
import { readUsualDurations } from "@/lib/history/read-figures";
import { buildStages } from "@/lib/image-builder/image-builds/build-stages";
import { sharedOverAll } from "@/lib/use-case/ask-each-account";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { attentionOf, compareAttention, staleDays } from "../attention";
import type { AllOverview, RunningBuild } from "../types";
import { accountStanding, type ReadAccount, readEachAccount, worstIndex } from "./each-account";

const RANGE_DAYS = 45;
const MAX_ACTIVITY = 20;
/** Of so many builds that run it is said how long they usually take. */
const MAX_FOLLOWED = 12;

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
  const [read, figures] = await Promise.all([readEachAccount(ctx), readAllFigures(ctx, RANGE_DAYS)]);
  const accounts = read.map((account) =>
    accountStanding(account, nowMs, figures.byTarget.get(account.target.id)),
  );
  const [activity, running] = await Promise.all([activityOf(ctx, read), runningOf(ctx, read)]);
  const stale = read.flatMap(({ index }) =>
    index.standings.flatMap((standing) => staleDays(standing, nowMs) ?? []),
  );
  const { days: byDay, totals, before, findings } = figures;
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
      .flatMap(({ target, index }) =>
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
    nextLeft: 0,
    days,
    activity,
    totals: {
      succeeded: totals.succeeded,
      failed: totals.failed,
      ...(before.succeeded + before.failed > 0 && { before }),
      byDay,
      failing: accounts.reduce((sum, { failing }) => sum + failing, 0),
      stale: stale.length,
      ...(stale.length > 0 && { oldestDays: Math.max(...stale) }),
      findings,
    },
  };
}

/** The pipelines that ran last, in whatever account. */
async function activityOf(ctx: UseCaseContext, read: ReadAccount[]): Promise<AllOverview["activity"]> {
  const shown = read
    .flatMap(({ target, index }) => index.standings.map((standing) => ({ ...standing, target: target.id })))
    .toSorted((a, b) => b.lastBuild.createdAt.localeCompare(a.lastBuild.createdAt))
    .slice(0, MAX_ACTIVITY);
  const days = await readDaysOf(ctx, shown, RANGE_DAYS);
  return shown.map(({ target, pipeline, lastBuild }) => ({
    target,
    pipelineName: pipeline,
    days: days.get(`${target}/${pipeline}`) ?? [],
    lastBuild,
    isRead: true,
  }));
}

async function runningOf(ctx: UseCaseContext, read: ReadAccount[]): Promise<RunningBuild[]> {
  const running = read
    .flatMap(({ target, index }) => index.running.map((build) => ({ ...build, target: target.id })))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return Promise.all(
    running.map(async (build, place): Promise<RunningBuild> => {
      const name = build.pipelineName;
      const usual =
        name !== undefined && place < MAX_FOLLOWED
          ? (await readUsualDurations(ctx.inTarget(build.target), [name], RANGE_DAYS)).get(name)
          : undefined;
      return {
        ...build,
        stages: buildStages({ ...build, workflows: [] }),
        ...(usual && { usual: { p50Ms: usual.p50Ms, p95Ms: usual.p95Ms } }),
      };
    }),
  );
}
