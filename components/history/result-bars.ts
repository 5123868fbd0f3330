import type { ChartStack } from "@/components/charts/chart-types";
import { urls } from "@/lib/core/urls";
import type { HistoryState, ResultCounts } from "@/lib/history/types";

type Day = ResultCounts & { day: string };

/** Results by day as the parts of bars, the failed ones at the bottom, where they can be compared. */
export const resultStacks = (days: Day[]): ChartStack[] => [
  { name: "failed", values: days.map(({ failed }) => failed), tone: "fail" },
  { name: "succeeded", values: days.map(({ succeeded }) => succeeded), tone: "ok" },
  { name: "canceled", values: days.map(({ cancelled }) => cancelled), tone: "mute" },
  { name: "running", values: days.map(({ running }) => running), tone: "run" },
];

/** A day's builds, of a day with failures those; no address for a day without builds. */
export const resultHref = (target: string, question: HistoryState, days: Day[]) => (day: string) => {
  const found = days.find((each) => each.day === day);
  const hasBuilds = found && found.succeeded + found.failed + found.cancelled + found.running > 0;
  return hasBuilds ? urls.history(target, dayQuestion(question, day, found.failed)) : undefined;
};

/** The builds of one day; of a day with failures those. */
export const dayQuestion = (question: HistoryState, day: string, failed: number): HistoryState => ({
  ...question,
  show: "builds",
  from: day,
  to: day,
  result: failed > 0 ? "failed" : undefined,
});
