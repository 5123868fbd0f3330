import "server-only";
import { permits } from "@/lib/auth/permissions";
import { DAY_MS } from "@/lib/core/time";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { pipelineNextRuns } from "@/lib/image-builder/pipelines/pipeline-next-runs";
import { describeSchedule } from "@/lib/schedule/describe-schedule";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { RUN_DAYS, RUNS_A_PIPELINE, RUNS_IN_ALL } from "./run-bounds";
import type { ScheduledRun } from "./types";

/** What AWS takes where a schedule says nothing. https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Schedule.html */
const DEFAULT_CONDITION = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE";

/** What schedules of the target start in the coming days, the next first, of the pipelines that the actor may see. */
export const listScheduledRuns = useCase(
  "list-scheduled-runs",
  noInput,
  async ({ ctx }): Promise<ScheduledRun[]> => {
    const nowMs = ctx.clock.now();
    const pipelines = await allPipelines(ctx);
    const runs = pipelines
      .filter(({ name = "" }) => permits(ctx.actor, "get-pipeline", ctx.target.id, name))
      .flatMap((pipeline) => {
        const { name = "", schedule, dateUpdated } = pipeline;
        const words = describeSchedule(schedule?.scheduleExpression ?? "", schedule?.timezone ?? "UTC");
        const condition = schedule?.pipelineExecutionStartCondition ?? DEFAULT_CONDITION;
        return pipelineNextRuns(pipeline, { nowMs, count: RUNS_A_PIPELINE })
          .filter((at) => Date.parse(at) < nowMs + RUN_DAYS * DAY_MS)
          .map((at) => ({
            pipeline: name,
            at,
            words,
            onlyWithUpdates: condition === DEFAULT_CONDITION,
            ...(dateUpdated && { changedAt: dateUpdated }),
          }));
      });
    return runs.toSorted((a, b) => a.at.localeCompare(b.at)).slice(0, RUNS_IN_ALL);
  },
);
