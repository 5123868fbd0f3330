import { dayAt } from "@/lib/history/calendar-day";
import type { NewBuild } from "./builds-now";
import type { DayResults } from "./types";

const NONE = { succeeded: 0, failed: 0, cancelled: 0, running: 0 };

/** Days as the index counted them, and over them `news`: builds that are not in it or came to something else since. */
export function withNews(
  days: DayResults[],
  news: Pick<NewBuild, "createdAt" | "result" | "wasRunning">[],
  timeZone: string,
): DayResults[] {
  const counted = new Map(days.map((day) => [day.day, { ...day }]));
  for (const { createdAt, result, wasRunning } of news) {
    const epochMs = Date.parse(createdAt);
    if (Number.isNaN(epochMs)) continue;
    const day = dayAt(timeZone, epochMs);
    const counts = counted.get(day) ?? { ...NONE, day };
    counts[result]++;
    if (wasRunning) counts.running = Math.max(0, counts.running - 1);
    counted.set(day, counts);
  }
  return [...counted.values()].toSorted((a, b) => a.day.localeCompare(b.day));
}

/** All days together. */
export const sumOfDays = (days: DayResults[]): Omit<DayResults, "day"> =>
  days.reduce(
    (sum, day) => ({
      succeeded: sum.succeeded + day.succeeded,
      failed: sum.failed + day.failed,
      cancelled: sum.cancelled + day.cancelled,
      running: sum.running + day.running,
    }),
    NONE,
  );
