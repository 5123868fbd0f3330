import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { instantOf, type WallTime, wallTimeAt } from "@/lib/core/zoned-time";

/** How often a rule sends: at once, or what comes within a window together, as one message. */
export const CADENCES = ["at-once", "every-10-minutes", "hourly", "daily"] as const;
export type Cadence = (typeof CADENCES)[number];

export const CADENCE_WORDS: Record<Cadence, string> = {
  "at-once": "At once",
  "every-10-minutes": "At most every 10 minutes, then together",
  hourly: "At most every hour, then together",
  daily: "Once a day, together",
};

/** Times are `HH:MM` on a clock in `timeZone`, an IANA name. */
export type RuleTiming = {
  cadence: Cadence;
  /** When a daily message is sent. */
  dailyAt: string;
  /** When messages are sent at all; what comes outside waits. Days count from 0, Sunday. Absent: always. */
  hours?: { days: number[]; from: string; to: string };
  timeZone: string;
};

const WINDOWS: Partial<Record<Cadence, number>> = { "every-10-minutes": 10 * MINUTE_MS, hourly: HOUR_MS };
/** Longer than a week, so that every weekday is among them, also where one has no such hour. */
const DAYS_AHEAD = 9;

/**
 * When something that happened now is sent, in epoch milliseconds. `lastAt`: when the receiver was last written to;
 * `heldUntil`: when what already waits to be sent together is due.
 */
export function releaseAt(
  { cadence, dailyAt, hours, timeZone }: RuleTiming,
  { now, lastAt, heldUntil }: { now: number; lastAt?: number; heldUntil?: number },
): number {
  const window = WINDOWS[cadence];
  const due =
    cadence === "daily"
      ? firstOf(opensOn(timeZone, now, dailyAt, ALL_DAYS), (at) => at > now, now)
      : window === undefined
        ? now
        : (heldUntil ?? Math.max(now, (lastAt ?? Number.NEGATIVE_INFINITY) + window));
  return hours ? withinHours(hours, timeZone, due) : due;
}

const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

function withinHours(
  { days, from, to }: NonNullable<RuleTiming["hours"]>,
  timeZone: string,
  due: number,
): number {
  const wall = wallTimeAt(timeZone, due);
  const minute = wall.hour * 60 + wall.minute;
  const [opens, closes] = [minuteOf(from), minuteOf(to)];
  const today = days.includes(weekdayOf(wall));
  const yesterday = days.includes(weekdayOf(addDays(wall, -1)));
  // Hours that end before they begin go over midnight and belong to the day on which they begin.
  const isOpen =
    opens < closes
      ? today && minute >= opens && minute < closes
      : (today && minute >= opens) || (yesterday && minute < closes);
  return isOpen ? due : firstOf(opensOn(timeZone, due, from, days), (at) => at > due, due);
}

/** The coming instants at which a clock shows `time` on one of `days`. An hour that summer time leaves out opens with the next. */
function opensOn(timeZone: string, from: number, time: string, days: number[]): number[] {
  const today = wallTimeAt(timeZone, from);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return Array.from({ length: DAYS_AHEAD }, (_, ahead) => addDays(today, ahead))
    .filter((wall) => days.includes(weekdayOf(wall)))
    .flatMap(
      (wall) =>
        instantOf(timeZone, { ...wall, hour, minute }) ??
        instantOf(timeZone, { ...wall, hour: hour + 1, minute }) ??
        [],
    );
}

const firstOf = (instants: number[], fits: (at: number) => boolean, instead: number) =>
  instants.find(fits) ?? instead;
const minuteOf = (time: string) => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
};
const weekdayOf = ({ year, month, day }: WallTime) => new Date(Date.UTC(year, month - 1, day)).getUTCDay();

function addDays(wall: WallTime, days: number): WallTime {
  const moved = new Date(Date.UTC(wall.year, wall.month - 1, wall.day) + days * DAY_MS);
  return {
    ...wall,
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
  };
}
