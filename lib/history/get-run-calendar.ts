import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { permits } from "@/lib/auth/permissions";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { pipelineNextRuns } from "@/lib/image-builder/pipelines/pipeline-next-runs";
import { describeSchedule } from "@/lib/image-builder/schedule/describe-schedule";
import { unlessDenied } from "@/lib/image-builder/unless-denied";
import type { UseCase, UseCaseContext } from "@/lib/image-builder/use-case-context";
import { dayAt } from "./calendar-day";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { countByPipeline } from "./statistics/count-results";
import type { RunCalendar } from "./types";

const WEEK_MS = 7 * 86_400_000;
/** Of one pipeline: every quarter of an hour for a week. */
const MOST_RUNS = 700;
const MOST_COMING = 500;

/** Each pipeline on each day, and what the schedules start within the next week. */
export async function getRunCalendar({ ctx, input }: UseCase<HistoryQuestion>): Promise<RunCalendar> {
  await authorize(ctx, "get-run-calendar");
  const { orm, scope, range } = await openQuestion(ctx, historyQuestionSchema.parse(input));
  const [rows, coming] = await Promise.all([
    countByPipeline(orm, scope, range),
    unlessDenied(comingRuns(ctx, range.timeZone), []),
  ]);
  return { range, rows, coming: coming.value };
}

async function comingRuns(ctx: UseCaseContext, timeZone: string): Promise<RunCalendar["coming"]> {
  const nowMs = ctx.clock.now();
  const pipelines = await allPipelines(ctx);
  return pipelines
    .filter(({ name = "" }) => permits(ctx.actor, "get-pipeline", ctx.target.id, name))
    .flatMap((pipeline) => {
      const { name = "", schedule } = pipeline;
      return pipelineNextRuns(pipeline, { nowMs, count: MOST_RUNS })
        .filter((at) => Date.parse(at) < nowMs + WEEK_MS)
        .map((at) => ({
          pipeline: name,
          at,
          day: dayAt(timeZone, Date.parse(at)),
          words: describeSchedule(schedule?.scheduleExpression ?? "", schedule?.timezone ?? "UTC"),
        }));
    })
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .slice(0, MOST_COMING);
}
