import type { WaitingStep } from "@/lib/image-builder/approvals/types";
import type { BuildStage, ImageBuildSummary } from "@/lib/image-builder/image-builds/types";

export type RunningBuild = ImageBuildSummary & { stages: BuildStage[]; currentStep?: string };

type FailedPipeline = {
  pipelineName: string;
  /** Failures in a row, newest first counted. */
  failures: number;
  build: ImageBuildSummary;
};

export type NextRun = { pipelineName: string; at: string; words: string };

/** One cell of the pipeline × day matrix, newest day last. */
export type DayCell = "none" | "good" | "bad" | "mixed" | "running";

export type Overview = {
  running: RunningBuild[];
  failed: FailedPipeline[];
  /** Steps that wait for a person. */
  waiting: WaitingStep[];
  /** Why it is not known whether any step waits. */
  waitingUnknown?: string | undefined;
  next: NextRun[];
  disabled: { pipelineName: string; since?: string }[];
  /** `isRead` is false while AWS has not been asked for the builds of one of very many pipelines. */
  days: { pipelineName: string; cells: DayCell[]; lastRunAt?: string; isRead: boolean }[];
  totals: { builds: number; good: number; bad: number; medianMinutes?: number };
  /** Days that `days` and `totals` cover. */
  rangeDays: number;
};
