import { DAY_MS } from "@/lib/core/time";
import { wallTimeAt } from "@/lib/core/zoned-time";

/** The calendar day, `2026-11-21`, that a wall clock in `timeZone` shows at an instant. */
export function dayAt(timeZone: string, epochMs: number): string {
  const { year, month, day } = wallTimeAt(timeZone, epochMs);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The day `days` after one, or before it when negative. Days are counted, not hours: some have 23 or 25. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from `from` to `to`, both counted. */
export const countDays = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

/** Every day from `from` to `to`. */
export const listDays = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, countDays(from, to)) }, (_, index) => addDays(from, index));
