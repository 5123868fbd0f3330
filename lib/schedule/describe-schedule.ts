import { capitalize } from "@/lib/core/words";
import { parseSchedule } from "./parse-schedule";
import type { CronSchedule, DayRule, NumberField, RateSchedule } from "./types";

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const NTH = ["first", "second", "third", "fourth", "fifth"];
const MAX_TIMES_NAMED = 4;

/** A schedule in words, in its own zone: "Every Monday at 03:00, Europe/Berlin". An unreadable one stays as it is. */
export function describeSchedule(expression: string, timezone: string): string {
  const parsed = parseSchedule(expression);
  if (!parsed.ok) return expression;
  const { schedule } = parsed;
  if (schedule.kind === "rate") return capitalize(everyPeriod(schedule));
  return `${capitalize(cronWords(schedule))}, ${timezone}`;
}

const everyPeriod = ({ value, unit }: Omit<RateSchedule, "kind">) =>
  value === 1 ? `every ${unit}` : `every ${value} ${unit}s`;

function cronWords(cron: CronSchedule): string {
  const days = dayWords(cron.days);
  const months = cron.months.any
    ? ""
    : ` in ${list(cron.months.values.map((month) => MONTHS[month - 1] ?? ""))}`;
  const years = cron.years.any ? "" : ` in ${list(cron.years.values.map(String))}`;
  const time = timeWords(cron);
  const often = !time.startsWith("at ");
  if (often && cron.days.by === "every-day") return `${time}${months}${years}`;
  return often ? `${time}, ${days}${months}${years}` : `${days}${months}${years} ${time}`;
}

function dayWords(rule: DayRule): string {
  switch (rule.by) {
    case "every-day":
      return "every day";
    case "date":
      return `on the ${list(rule.dates.map(ordinal))} of the month`;
    case "last-date": {
      const last = rule.nearestWeekday ? "last working day" : "last day";
      return rule.daysBefore === 0
        ? `on the ${last} of the month`
        : `${rule.daysBefore} ${rule.daysBefore === 1 ? "day" : "days"} before the ${last} of the month`;
    }
    case "nearest-weekday":
      return `on the working day nearest to the ${ordinal(rule.date)} of the month`;
    case "weekday":
      return weekdayWords(rule.weekdays);
    case "nth-weekday":
      return `on the ${NTH[rule.nth - 1]} ${WEEKDAYS[rule.weekday - 1]} of the month`;
    case "last-weekday":
      return `on the last ${WEEKDAYS[rule.weekday - 1]} of the month`;
  }
}

function weekdayWords(weekdays: number[]): string {
  const key = weekdays.join();
  if (weekdays.length === 7) return "every day";
  if (key === "2,3,4,5,6") return "every working day";
  if (key === "1,7") return "every Saturday and Sunday";
  return `every ${list(weekdays.map((weekday) => WEEKDAYS[weekday - 1] ?? ""))}`;
}

function timeWords({ minutes, hours }: CronSchedule): string {
  const [minute = 0] = minutes.values;
  if (minutes.values.length === 1) {
    const everyHours = evenStep(hours, 24);
    if (hours.any) return minute === 0 ? "every hour" : `every hour at minute ${minute}`;
    if (hours.values.length <= MAX_TIMES_NAMED && !(everyHours && hours.values.length > 2)) {
      return `at ${list(hours.values.map((hour) => clock(hour, minute)))}`;
    }
    if (everyHours) return `every ${everyHours} hours from ${clock(hours.values[0] ?? 0, minute)}`;
    return `at minute ${minute} of the hours ${list(hours.values.map(String))}`;
  }
  const everyMinutes = minutes.any ? 1 : evenStep(minutes, 60);
  const minuteWords = everyMinutes
    ? everyPeriod({ value: everyMinutes, unit: "minute" })
    : `every hour at minutes ${list(minutes.values.map(String))}`;
  return hours.any ? minuteWords : `${minuteWords} in the hours ${list(hours.values.map(String))}`;
}

/** The step when a field repeats evenly over its whole range, so that "every 6 hours" is true over midnight. */
const evenStep = ({ step }: NumberField, span: number) =>
  step && step.every > 1 && span % step.every === 0 && step.from < step.every ? step.every : undefined;

const clock = (hour: number, minute: number) =>
  `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

function ordinal(day: number): string {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${teen ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th")}`;
}

function list(words: string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
