import type { CronSchedule, DayRule, NumberField, ParsedSchedule } from "./types";

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

type FieldSpec = { name: string; min: number; max: number; names?: string[] };
const MINUTE: FieldSpec = { name: "minute", min: 0, max: 59 };
const HOUR: FieldSpec = { name: "hour", min: 0, max: 23 };
const DAY: FieldSpec = { name: "day of month", min: 1, max: 31 };
const MONTH: FieldSpec = { name: "month", min: 1, max: 12, names: MONTHS };
const WEEKDAY: FieldSpec = { name: "day of week", min: 1, max: 7, names: WEEKDAYS };
const YEAR: FieldSpec = { name: "year", min: 1970, max: 2199 };

class Mistake extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads `cron(minute hour day month weekday year)` or `rate(n unit)` as the page says that Image Builder takes them;
 * nothing is missing and nothing stands around it. What AWS takes though its page advises otherwise is a warning.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/cron-expressions.html
 */
export function parseSchedule(expression: string): ParsedSchedule {
  try {
    const rate = /^rate\((.*)\)$/.exec(expression)?.[1];
    if (rate !== undefined) return { ok: true, schedule: parseRate(rate), warnings: [] };
    const cron = /^cron\((.*)\)$/.exec(expression)?.[1];
    if (cron === undefined)
      throw new Mistake("cron", "A schedule looks like cron(0 3 * * ? *) or rate(7 days).");
    return { ok: true, ...parseCron(cron) };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, field: error.field, message: error.message };
    throw error;
  }
}

function parseRate(text: string) {
  const match = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text);
  const value = Number(match?.[1]);
  if (!match || !Number.isSafeInteger(value)) {
    throw new Mistake("rate", "A rate is a number from 1 and minutes, hours or days, such as rate(7 days).");
  }
  const unit = match[2] as "minute" | "hour" | "day";
  if ((value === 1) !== (match[3] === "")) {
    throw new Mistake("rate", `AWS wants "${value === 1 ? unit : `${unit}s`}" after ${value}.`);
  }
  return { kind: "rate" as const, value, unit };
}

function parseCron(text: string): { schedule: CronSchedule; warnings: string[] } {
  const fields = text.split(" ");
  if (fields.length !== 6 || fields.includes("")) {
    throw new Mistake(
      "cron",
      "A cron expression has six fields with one space between them: minute hour day month weekday year.",
    );
  }
  const [minute = "", hour = "", day = "", month = "", weekday = "", year = ""] = fields;
  const schedule: CronSchedule = {
    kind: "cron",
    minutes: parseNumbers(minute, MINUTE),
    hours: parseNumbers(hour, HOUR),
    days: parseDays(day, weekday),
    months: parseNumbers(month, MONTH),
    years: parseNumbers(year, YEAR),
  };
  return { schedule, warnings: warningsOf(day, weekday) };
}

function warningsOf(day: string, weekday: string): string[] {
  const warnings: string[] = [];
  if (day !== "?" && weekday !== "?")
    warnings.push("AWS asks for ? in the day of month or the day of week: write ? in place of one *.");
  if (weekday.includes("/"))
    warnings.push("AWS's page has no / in the day of week. List the days, as in MON,WED,FRI.");
  if (/^L$/i.test(weekday))
    warnings.push("AWS's pages do not agree whether L is Saturday or Sunday here. Write the day.");
  return warnings;
}

function parseDays(day: string, weekday: string): DayRule {
  const byDate = day !== "?" && day !== "*";
  const byWeekday = weekday !== "?" && weekday !== "*";
  if (byDate && byWeekday) {
    throw new Mistake("day of week", "Day of month and day of week cannot both be set: make one of them ?.");
  }
  if (day === "?" && weekday === "?") {
    throw new Mistake("day of week", "Day of month and day of week cannot both be ?.");
  }
  if (byDate) return parseDate(day);
  return byWeekday ? parseWeekday(weekday) : { by: "every-day" };
}

function parseDate(text: string): DayRule {
  const last = /^L(?:-(\d+)|(W))?$/i.exec(text);
  if (last) {
    const daysBefore = Number(last[1] ?? 0);
    if (last[1] !== undefined && (daysBefore < 1 || daysBefore > 30))
      throw new Mistake(DAY.name, "L can be followed by -1 to -30.");
    return { by: "last-date", daysBefore, nearestWeekday: last[2] !== undefined };
  }
  const nearest = /^(\d+)W$/i.exec(text);
  if (nearest) return { by: "nearest-weekday", date: parseValue(nearest[1] ?? "", DAY) };
  return { by: "date", dates: parseNumbers(text, DAY).values };
}

function parseWeekday(text: string): DayRule {
  if (/^L$/i.test(text)) return { by: "weekday", weekdays: [7] };
  const last = /^(\w+)L$/i.exec(text);
  if (last) return { by: "last-weekday", weekday: parseValue(last[1] ?? "", WEEKDAY) };
  const nth = /^(\w+)#(\d+)$/.exec(text);
  if (!nth) return { by: "weekday", weekdays: parseNumbers(text, WEEKDAY).values };
  const which = Number(nth[2]);
  if (which < 1 || which > 5) throw new Mistake(WEEKDAY.name, "After # comes the week of the month, 1 to 5.");
  return { by: "nth-weekday", weekday: parseValue(nth[1] ?? "", WEEKDAY), nth: which };
}

function parseNumbers(text: string, spec: FieldSpec): NumberField {
  const { min, max } = spec;
  const values = new Set<number>();
  let step: NumberField["step"];
  for (const part of text.split(",")) {
    const [range = "", every, ...rest] = part.split("/");
    const [first = "", last, ...more] = range.split("-");
    if (range === "" || rest.length > 0 || more.length > 0) throw notValid(part, spec);
    if (first === "*" && last !== undefined) throw notValid(part, spec);
    const increment = every === undefined ? 1 : Number(every);
    if (!Number.isInteger(increment) || increment < 1) {
      throw new Mistake(spec.name, `After / in the ${spec.name} comes a whole number from 1.`);
    }
    const from = first === "*" ? min : parseValue(first, spec);
    if (every !== undefined && !/^\d+$/.test(every)) throw notValid(part, spec);
    // `5/10` goes on to the end of the field; `FRI-MON` goes over it.
    const end = last === undefined ? (first === "*" || every ? max : from) : parseValue(last, spec);
    if (end < from && spec === YEAR) throw new Mistake(spec.name, "A range of years goes forward.");
    const to = end < from ? end + (max - min + 1) : end;
    for (let value = from; value <= to; value += increment)
      values.add(value > max ? value - max - 1 + min : value);
    if (every !== undefined && last === undefined) step = { from, every: increment };
  }
  const sorted = [...values].sort((a, b) => a - b);
  return {
    any: sorted.length === max - min + 1,
    values: sorted,
    step: text.includes(",") ? undefined : step,
  };
}

function parseValue(text: string, spec: FieldSpec): number {
  const named = spec.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + 1;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < spec.min || value > spec.max) throw notValid(text, spec);
  return value;
}

function notValid(text: string, { name, min, max, names }: FieldSpec): Mistake {
  const alsoNames = names ? ` or ${names[0]}-${names.at(-1)}` : "";
  return new Mistake(name, `"${text}" is not a valid ${name}. Use ${min}-${max}${alsoNames}.`);
}
