import "server-only";
import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { permits } from "@/lib/auth/permissions";
import { DAY_MS } from "@/lib/core/time";
import { medianBuildMinutes } from "@/lib/history/median-build-minutes";
import { waitingSteps } from "@/lib/image-builder/approvals/waiting-steps";
import { buildStages } from "@/lib/image-builder/image-builds/build-stages";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import { readBuildWorkflows } from "@/lib/image-builder/image-builds/build-workflows";
import { buildsOfPipelines } from "@/lib/image-builder/image-builds/builds-of-pipelines";
import { toInstant } from "@/lib/image-builder/image-builds/to-image-build-summary";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { toPipelineSummary } from "@/lib/image-builder/pipelines/to-pipeline-summary";
import type { PipelineSummary } from "@/lib/image-builder/pipelines/types";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { dayCells } from "./day-cells";
import type { Overview, RunningBuild } from "./types";

const RANGE_DAYS = 45;
const MAX_NEXT = 8;
/** 45 days do not move in half a minute. */
const MEDIAN_FRESH_FOR_MS = 30_000;

type Row = { pipeline: ImagePipeline; summary: PipelineSummary; builds: ImageBuildSummary[] };

/** What runs, what failed, what is next, and each pipeline's last 45 days (UTC). */
export const getOverview = useCase("get-overview", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "get-overview", () => workOut(ctx)),
);

async function workOut(ctx: UseCaseContext): Promise<Overview> {
  const nowMs = ctx.clock.now();
  const rows = await readRows(ctx, nowMs - RANGE_DAYS * DAY_MS);
  const inRange = rows
    .flatMap(({ builds }) => builds)
    .filter(({ createdAt }) => Date.parse(createdAt) > nowMs - RANGE_DAYS * DAY_MS);
  const running = rows.flatMap(({ builds }) => builds.filter(({ status }) => isInFlight(status)));
  const waiting = await unlessFailed(waitingSteps(ctx), []);
  return {
    running: await Promise.all(running.map((build) => withProgress(ctx, build, running.length))),
    waiting: waiting.value,
    waitingUnknown: waiting.reason,
    failed: rows.flatMap(({ summary, builds }) => toFailed(summary, builds)),
    next: rows
      .flatMap(({ summary: { name, nextRunAt, schedule } }) =>
        nextRunAt && schedule ? [{ pipelineName: name, at: nextRunAt, words: schedule.words }] : [],
      )
      .toSorted((a, b) => a.at.localeCompare(b.at))
      .slice(0, MAX_NEXT),
    disabled: rows
      .filter(({ summary }) => summary.status === "DISABLED")
      .map(({ summary, pipeline }) => ({
        pipelineName: summary.name,
        since: toInstant(pipeline.dateUpdated),
      })),
    days: rows.map(({ summary, builds }) => ({
      pipelineName: summary.name,
      cells: dayCells(builds, { nowMs, days: RANGE_DAYS }),
      lastRunAt: builds[0]?.createdAt,
      isRead: summary.buildsAreRead,
    })),
    totals: {
      builds: inRange.length,
      good: inRange.filter(({ status }) => isGood(status)).length,
      bad: inRange.filter(({ status }) => status === "FAILED").length,
      medianMinutes: await sharedAnswer(
        ctx,
        "median-build-minutes",
        () => medianBuildMinutes(ctx, RANGE_DAYS),
        MEDIAN_FRESH_FOR_MS,
      ),
    },
    rangeDays: RANGE_DAYS,
  };
}

async function readRows(ctx: UseCaseContext, sinceMs: number): Promise<Row[]> {
  const pipelines = (await allPipelines(ctx)).filter(({ name = "" }) =>
    permits(ctx.actor, "get-pipeline", ctx.target.id, name),
  );
  const known = await buildsOfPipelines(ctx, pipelines, { sinceMs });
  return pipelines
    .map((pipeline) => {
      const builds = known.get(pipeline.arn);
      return {
        pipeline,
        builds: builds ?? [],
        summary: toPipelineSummary(pipeline, builds, ctx.clock.now()),
      };
    })
    .toSorted((a, b) => a.summary.name.localeCompare(b.summary.name));
}

async function withProgress(
  ctx: UseCaseContext,
  build: ImageBuildSummary,
  among: number,
): Promise<RunningBuild> {
  const { value: workflows } = await unlessFailed(
    readBuildWorkflows(ctx, build.arn, { buildEnded: false, among }),
    [],
  );
  const currentStep = workflows
    .flatMap(({ steps }) => steps)
    .find(({ status }) => status === "RUNNING")?.name;
  return { ...build, stages: buildStages({ ...build, workflows }), currentStep };
}

function toFailed({ name, streak }: PipelineSummary, builds: ImageBuildSummary[]): Overview["failed"] {
  const build = builds.find(({ status }) => status === "FAILED");
  return build && streak?.result === "bad" ? [{ pipelineName: name, failures: streak.count, build }] : [];
}

const isGood = (status: string) => !isInFlight(status) && status !== "FAILED" && status !== "CANCELLED";
