import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import { instantOf, wallTimeAt } from "@/lib/core/zoned-time";
import type { CronSchedule, DayRule, RateSchedule, Schedule } from "./types";

const UNIT_MS = { minute: 60_000, hour: HOUR_MS, day: DAY_MS };
/** The end of what a Date can hold: a rate of many years has its next run beyond. */
const LAST_MOMENT_MS = 8.64e15;
/** Far enough for the 29th of February on a given weekday. */
const HORIZON_DAYS = 366 * 40;

type Question = {
  /** IANA name. */
  timezone: string;
  /** Epoch milliseconds; runs at this very instant do not count. */
  afterMs: number;
  count: number;
  /** For rates: an instant at which the schedule ran or will run. Without it a rate has no known next run. */
  anchorMs?: number;
};

/**
 * The next instants of a schedule in epoch milliseconds, fewer than `count` when it ends. A wall time that summer
 * time leaves out is skipped, one that comes twice counts once:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextRuns(schedule: Schedule, question: Question): number[] {
  return schedule.kind === "rate" ? nextOfRate(schedule, question) : nextOfCron(schedule, question);
}

function nextOfRate({ value, unit }: RateSchedule, { afterMs, anchorMs, count }: Question): number[] {
  if (anchorMs === undefined) return [];
  const periodMs = value * UNIT_MS[unit];
  const passed = Math.floor((afterMs - anchorMs) / periodMs) + 1;
  const first = anchorMs + Math.max(0, passed) * periodMs;
  return Array.from({ length: count }, (_, index) => first + index * periodMs).filter(
    (runMs) => runMs <= LAST_MOMENT_MS,
  );
}

function nextOfCron(cron: CronSchedule, { timezone, afterMs, count }: Question): number[] {
  const runs: number[] = [];
  const today = wallTimeAt(timezone, afterMs);
  // Dates are counted in UTC, where every day has 24 hours; only the time of day is looked up in the zone.
  let date = Date.UTC(today.year, today.month - 1, today.day);
  const firstYear = cron.years.values.find((year) => year >= today.year);
  if (firstYear === undefined) return [];
  date = Math.max(date, Date.UTC(firstYear, 0, 1));

  for (let days = 0; days < HORIZON_DAYS && runs.length < count; days++, date += DAY_MS) {
    if (!runsOn(cron, new Date(date))) continue;
    for (const instant of instantsOf(cron, timezone, new Date(date))) {
      if (instant > afterMs && runs.length < count) runs.push(instant);
    }
  }
  return runs;
}

/** Earliest first: where clocks go back, a later wall time can come before an earlier one's second showing. */
function instantsOf(cron: CronSchedule, timezone: string, date: Date): number[] {
  const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  return cron.hours.values
    .flatMap((hour) => cron.minutes.values.map((minute) => instantOf(timezone, { ...day, hour, minute })))
    .filter((instant) => instant !== undefined)
    .sort((a, b) => a - b);
}

function runsOn({ years, months, days }: CronSchedule, date: Date): boolean {
  return (
    (years.any || years.values.includes(date.getUTCFullYear())) &&
    months.values.includes(date.getUTCMonth() + 1) &&
    isDay(days, date)
  );
}

function isDay(rule: DayRule, date: Date): boolean {
  const day = date.getUTCDate();
  const weekday = date.getUTCDay() + 1;
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  switch (rule.by) {
    case "every-day":
      return true;
    case "date":
      return rule.dates.includes(day);
    case "last-date": {
      const wanted = last - rule.daysBefore;
      return wanted >= 1 && day === (rule.nearestWeekday ? nearestWeekday(date, wanted, last) : wanted);
    }
    case "nearest-weekday":
      return rule.date <= last && day === nearestWeekday(date, rule.date, last);
    case "weekday":
      return rule.weekdays.includes(weekday);
    case "nth-weekday":
      return weekday === rule.weekday && Math.ceil(day / 7) === rule.nth;
    case "last-weekday":
      return weekday === rule.weekday && day > last - 7;
  }
}

/** Monday to Friday, within the month: the 1st on a Saturday leads to Monday the 3rd. */
function nearestWeekday(inMonth: Date, wanted: number, last: number): number {
  const weekday = new Date(Date.UTC(inMonth.getUTCFullYear(), inMonth.getUTCMonth(), wanted)).getUTCDay();
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}
