import type { HistoryRange, ResultCounts } from "@/lib/history/types";

/** Succeeded builds as a share of succeeded and failed builds, 0 to 1; undefined if there are none. */
export function successShare({ succeeded, failed }: ResultCounts): number | undefined {
  const ended = succeeded + failed;
  return ended === 0 ? undefined : succeeded / ended;
}

export const percent = (share: number | undefined): string =>
  share === undefined ? "none yet" : `${(share * 100).toFixed(1)}%`;

/** "up 2.3 from 91.8%": how a share moved, in points of 100. */
export function shareMoved(now: number | undefined, before: number | undefined): string {
  if (now === undefined || before === undefined) return "no previous period";
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.05) return `unchanged, ${percent(before)}`;
  return `${points > 0 ? "up" : "down"} ${Math.abs(points).toFixed(1)} from ${percent(before)}`;
}

/** "previous 30 days: 12": the count of the previous range of the same length. */
export const countBefore = (before: number, { days }: HistoryRange): string =>
  `previous ${days} days: ${before.toLocaleString("en")}`;

export const allOf = ({ succeeded, failed, cancelled, running }: ResultCounts): number =>
  succeeded + failed + cancelled + running;
