import type { Bar } from "@/components/charts/stacked-bars";
import { urls } from "@/lib/core/urls";
import type { HistoryState, ResultCounts } from "@/lib/history/types";

/** A day's results as one bar that leads to its builds, the failed ones first where there are any. */
export const dayBar = (
  target: string,
  question: HistoryState,
  { day, succeeded, failed, cancelled, running }: ResultCounts & { day: string },
): Bar => ({
  label: day,
  parts: [
    { name: "failed", value: failed, tone: "fail" },
    { name: "good", value: succeeded, tone: "ok" },
    { name: "cancelled", value: cancelled, tone: "mute" },
    { name: "running", value: running, tone: "run" },
  ],
  href: urls.history(target, dayQuestion(question, day, failed)),
});

/** The builds of one day; of a day with failures those. */
export const dayQuestion = (question: HistoryState, day: string, failed: number): HistoryState => ({
  ...question,
  show: "builds",
  from: day,
  to: day,
  result: failed > 0 ? "failed" : undefined,
});
