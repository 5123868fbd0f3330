import "server-only";
import { addDays, dayAt, listDays } from "@/lib/history/calendar-day";
import { readPipelineDays, readTargetFigures, readUsualDurations } from "@/lib/history/read-figures";
import type { IndexedBuild, Percentiles } from "@/lib/history/types";
import { waitingSteps } from "@/lib/image-builder/approvals/waiting-steps";
import { buildStages } from "@/lib/image-builder/image-builds/build-stages";
import { readBuildWorkflows } from "@/lib/image-builder/image-builds/build-workflows";
import { toPipelineSummary } from "@/lib/image-builder/pipelines/to-pipeline-summary";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { attentionOf, staleDays } from "./attention";
import { type BuildsNow, buildsNow } from "./builds-now";
import { sumOfDays, withNews } from "./day-results";
import { permittedPipelines } from "./permitted-pipelines";
import type { DayResults, Overview, RunningBuild } from "./types";
import { unlessAway } from "./unless-away";

const RANGE_DAYS = 45;
const MAX_NEXT = 6;
const MAX_ACTIVITY = 20;
/** AWS is asked for the steps of so many builds that run; the others show their stage. */
const MAX_FOLLOWED = 12;
/** 45 days do not move in ten seconds; what is new is added to them. */
const FIGURES_FRESH_FOR_MS = 10_000;

/** What runs, what needs somebody, what is next, and the last 45 days in the console's time zone. */
export const getOverview = useCase("get-overview", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "get-overview", () => workOut(ctx)),
);

async function workOut(ctx: UseCaseContext): Promise<Overview> {
  const nowMs = ctx.clock.now();
  const permitted = await permittedPipelines(ctx);
  const { pipelines } = permitted;
  const [now, waiting] = await Promise.all([
    buildsNow(ctx, permitted),
    unlessFailed(waitingSteps(ctx, { forLists: true }), []),
  ]);
  const known = pipelines
    .map((pipeline) => {
      const standing = now.standings.get(pipeline.name ?? "");
      return { pipeline, standing, summary: toPipelineSummary(pipeline, standing, nowMs) };
    })
    .toSorted((a, b) => a.summary.name.localeCompare(b.summary.name));
  const attention = attentionOf(known, waiting.value, nowMs);
  // As the list of images counts them, whatever else is the matter with a pipeline.
  const stale = known.flatMap(({ standing }) => staleDays(standing, nowMs) ?? []);
  const [figures, activity, running] = await Promise.all([
    readFigures(ctx, now),
    readActivity(
      ctx,
      now,
      pipelines.flatMap(({ name }) => name ?? []),
    ),
    followRunning(ctx, now.running),
  ]);
  const scheduled = known
    .flatMap(({ summary: { name, nextRunAt, schedule } }) =>
      nextRunAt && schedule ? [{ pipelineName: name, at: nextRunAt, words: schedule.words }] : [],
    )
    .toSorted((a, b) => a.at.localeCompare(b.at));
  return {
    freshness: now.freshness,
    running,
    attention,
    waitingUnknown: waiting.reason,
    next: scheduled.slice(0, MAX_NEXT),
    nextLeft: Math.max(0, scheduled.length - MAX_NEXT),
    days: daysUntil(ctx, nowMs),
    activity,
    totals: {
      ...figures,
      failing: known.filter(
        ({ summary, standing }) => summary.status !== "DISABLED" && standing?.streak?.result === "failed",
      ).length,
      stale: stale.length,
      ...(stale.length > 0 && { oldestDays: Math.max(...stale) }),
      ...(waiting.reason === undefined && { waiting: waiting.value.length }),
    },
  };
}

function daysUntil({ settings: { history } }: UseCaseContext, nowMs: number): string[] {
  const today = dayAt(history.timeZone, nowMs);
  return listDays(addDays(today, 1 - RANGE_DAYS), today);
}

type Figures = Pick<Overview["totals"], "succeeded" | "failed" | "before" | "byDay" | "findings">;

async function readFigures(ctx: UseCaseContext, { news }: BuildsNow): Promise<Figures> {
  const { value: figures } = await sharedAnswer(
    ctx,
    "overview-figures",
    () => unlessAway(readTargetFigures(ctx, RANGE_DAYS), undefined),
    FIGURES_FRESH_FOR_MS,
  );
  const byDay = inRange(ctx, withNews(figures?.days ?? [], news, ctx.settings.history.timeZone));
  const { succeeded, failed } = sumOfDays(byDay);
  const before = figures?.before;
  return {
    succeeded,
    failed,
    ...(before && before.succeeded + before.failed > 0 && { before }),
    byDay,
    ...(figures && { findings: figures.findings }),
  };
}

/** The days of the pipelines that ran last; those without any build come last. */
async function readActivity(
  ctx: UseCaseContext,
  { standings, news }: BuildsNow,
  names: string[],
): Promise<Overview["activity"]> {
  const lastBuildOf = (name: string) => standings.get(name)?.lastBuild;
  const shown = names
    .toSorted(
      (a, b) =>
        (lastBuildOf(b)?.createdAt ?? "").localeCompare(lastBuildOf(a)?.createdAt ?? "") ||
        a.localeCompare(b),
    )
    .slice(0, MAX_ACTIVITY);
  const { value: days } = await sharedAnswer(
    ctx,
    `overview-days ${JSON.stringify(shown)}`,
    () => unlessAway(readPipelineDays(ctx, shown, RANGE_DAYS), undefined),
    FIGURES_FRESH_FOR_MS,
  );
  return shown.map((pipelineName) => {
    const own = news.filter((build) => build.pipelineName === pipelineName);
    const counted = withNews(days?.get(pipelineName) ?? [], own, ctx.settings.history.timeZone);
    return {
      pipelineName,
      days: inRange(ctx, counted),
      lastBuild: lastBuildOf(pipelineName),
      isRead: standings.has(pipelineName),
    };
  });
}

function inRange(ctx: UseCaseContext, days: DayResults[]): DayResults[] {
  const [first = ""] = daysUntil(ctx, ctx.clock.now());
  return days.filter(({ day }) => day >= first);
}

async function followRunning(ctx: UseCaseContext, running: IndexedBuild[]): Promise<RunningBuild[]> {
  const names = [...new Set(running.flatMap(({ pipelineName }) => pipelineName ?? []))].slice(
    0,
    MAX_FOLLOWED,
  );
  const { value: usual } = await sharedAnswer(
    ctx,
    `overview-durations ${JSON.stringify(names)}`,
    () => unlessAway(readUsualDurations(ctx, names, RANGE_DAYS), undefined),
    FIGURES_FRESH_FOR_MS,
  );
  return Promise.all(
    running.map((build, index) =>
      withProgress(ctx, build, {
        among: running.length,
        isFollowed: index < MAX_FOLLOWED,
        usual: usual?.get(build.pipelineName ?? ""),
      }),
    ),
  );
}

async function withProgress(
  ctx: UseCaseContext,
  build: IndexedBuild,
  { among, isFollowed, usual }: { among: number; isFollowed: boolean; usual: Percentiles | undefined },
): Promise<RunningBuild> {
  const { value: workflows } = isFollowed
    ? await unlessFailed(
        unlessGone(readBuildWorkflows(ctx, build.arn, { buildEnded: false, among, forLists: true }), []),
        [],
      )
    : { value: [] };
  const currentStep = workflows
    .flatMap(({ steps }) => steps)
    .find(({ status }) => status === "RUNNING")?.name;
  return {
    ...build,
    stages: buildStages({ ...build, workflows }),
    currentStep,
    ...(usual && { usual: { p50Ms: usual.p50Ms, p95Ms: usual.p95Ms } }),
  };
}
