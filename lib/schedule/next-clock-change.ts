import { DAY_MS, MINUTE_MS } from "@/lib/core/time";
import { wallTimeAt } from "@/lib/core/zoned-time";
import { nextRuns } from "./next-runs";
import type { Schedule } from "./types";

/** Zones that know summer time change twice in less than this. */
const HORIZON_DAYS = 370;

export type ClockChange = {
  /** The instant at which the clocks move, in epoch milliseconds. */
  atMs: number;
  /** How far: positive when they go forward. */
  byMs: number;
  /** What becomes of a run whose wall time falls into the hour that is left out or comes twice. */
  run?: "left-out" | "once";
};

/** When the clocks of `timezone` move next after `afterMs`, and whether a run of the schedule falls into it. */
export function nextClockChange(
  schedule: Schedule,
  timezone: string,
  afterMs: number,
): ClockChange | undefined {
  const before = offsetMs(timezone, afterMs);
  for (let day = 1; day <= HORIZON_DAYS; day += 1) {
    const after = offsetMs(timezone, afterMs + day * DAY_MS);
    if (after === before) continue;
    const atMs = firstWith(timezone, after, afterMs + (day - 1) * DAY_MS, afterMs + day * DAY_MS);
    const byMs = after - before;
    return { atMs, byMs, run: runWithin(schedule, atMs + Math.min(before, after), Math.abs(byMs), byMs) };
  }
  return undefined;
}

/** The first minute in which the zone has this offset. */
function firstWith(timezone: string, offset: number, fromMs: number, toMs: number): number {
  let [low, high] = [Math.floor(fromMs / MINUTE_MS), Math.ceil(toMs / MINUTE_MS)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(timezone, middle * MINUTE_MS) === offset) high = middle;
    else low = middle + 1;
  }
  return low * MINUTE_MS;
}

/** Wall times are counted as if they were UTC: `wallMs` is what the clock shows when the odd stretch begins. */
function runWithin(schedule: Schedule, wallMs: number, lengthMs: number, byMs: number): ClockChange["run"] {
  if (schedule.kind === "rate") return undefined;
  const [run = Number.POSITIVE_INFINITY] = nextRuns(schedule, {
    timezone: "UTC",
    afterMs: wallMs - 1,
    count: 1,
  });
  if (run >= wallMs + lengthMs) return undefined;
  return byMs > 0 ? "left-out" : "once";
}

function offsetMs(timezone: string, instant: number): number {
  const { year, month, day, hour, minute } = wallTimeAt(timezone, instant);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}
