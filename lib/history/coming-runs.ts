import "server-only";
import { permits } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS } from "@/lib/core/time";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { pipelineNextRuns } from "@/lib/image-builder/pipelines/pipeline-next-runs";
import { describeSchedule } from "@/lib/schedule/describe-schedule";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { dayAt } from "./calendar-day";
import type { Asked } from "./open-question";
import type { ComingRuns } from "./types";

const WEEK_MS = 7 * DAY_MS;
/** Of one pipeline: every quarter of an hour for a week. */
const MOST_RUNS = 700;

/**
 * What schedules start within the next week, in every target asked about. A target whose pipelines cannot be read is
 * named with the reason, and hides no other.
 */
export async function comingRuns(
  { range, question }: Asked,
  ctx: UseCaseContext,
): Promise<Omit<ComingRuns, "range">> {
  const targets = question.targets === "all" ? ctx.targets : [ctx.target];
  const unread: ComingRuns["unread"] = [];
  const found = await Promise.all(
    targets
      .filter(({ id }) => permits(ctx.actor, "list-targets", id))
      .map(async ({ id }) => {
        try {
          return await runsOf(ctx.inTarget(id), range.timeZone, question.pipeline);
        } catch (error) {
          if (!(error instanceof ConsoleFailure)) throw error;
          unread.push({ target: id, reason: error.detail.message });
          return [];
        }
      }),
  );
  return { runs: found.flat().toSorted((a, b) => a.firstAt.localeCompare(b.firstAt)), unread };
}

async function runsOf(
  ctx: UseCaseContext,
  timeZone: string,
  wanted: string | undefined,
): Promise<ComingRuns["runs"]> {
  const nowMs = ctx.clock.now();
  const pipelines = await allPipelines(ctx);
  return pipelines
    .filter(({ name = "" }) => wanted === undefined || name === wanted)
    .filter(({ name = "" }) => permits(ctx.actor, "get-pipeline", ctx.target.id, name))
    .flatMap((pipeline) => {
      const { name = "", schedule } = pipeline;
      const words = describeSchedule(schedule?.scheduleExpression ?? "", schedule?.timezone ?? "UTC");
      const byDay = new Map<string, ComingRuns["runs"][number]>();
      for (const at of pipelineNextRuns(pipeline, { nowMs, count: MOST_RUNS })) {
        if (Date.parse(at) >= nowMs + WEEK_MS) break;
        const day = dayAt(timeZone, Date.parse(at));
        const known = byDay.get(day);
        if (known) known.times++;
        else byDay.set(day, { target: ctx.target.id, pipeline: name, day, firstAt: at, times: 1, words });
      }
      return [...byDay.values()];
    });
}
