import type { HistoryRange, ResultCounts } from "@/lib/history/types";

/** Share of the builds that ended good or bad; undefined before the first. */
export function successShare({ succeeded, failed }: ResultCounts): number | undefined {
  const ended = succeeded + failed;
  return ended === 0 ? undefined : succeeded / ended;
}

export const percent = (share: number | undefined): string =>
  share === undefined ? "none yet" : `${(share * 100).toFixed(1)}%`;

/** "up 2.3 from 91.8%": how a share moved, in points of 100. */
export function shareMoved(now: number | undefined, before: number | undefined): string {
  if (now === undefined || before === undefined) return "nothing to compare with before";
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.05) return `as before, ${percent(before)}`;
  return `${points > 0 ? "up" : "down"} ${Math.abs(points).toFixed(1)} from ${percent(before)}`;
}

/** "12 before": a count of the range before, of the same length. */
export const countBefore = (before: number, { days }: HistoryRange): string =>
  `${before.toLocaleString("en")} in the ${days} days before`;

export const allOf = ({ succeeded, failed, cancelled, running }: ResultCounts): number =>
  succeeded + failed + cancelled + running;
