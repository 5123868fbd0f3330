import { Cron } from "croner";
import { rememberByText } from "./remember";

export type ParsedSchedule =
  | {
      ok: true;
      kind: "cron";
      pattern: string;
      /** For `L-n`: the run is on the day so many days before the last of the month. */
      daysBeforeLast?: number;
    }
  | { ok: true; kind: "rate"; everyMs: number }
  | { ok: false; message: string };

const MINUTE_MS = 60_000;
const UNITS: Record<string, number> = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS };
const MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const WEEKDAYS = "sun|mon|tue|wed|thu|fri|sat";
const LAST_YEAR = 2199;
/** The end of what a Date can hold. */
const LAST_MOMENT_MS = 8.64e15;

interface Field {
  name: string;
  low: number;
  high: number;
  words?: string;
  /** Forms of this field beyond lists, ranges and steps; they stand alone. */
  special?: RegExp;
  /** Whether a range may go over the end of the field, as FRI-MON does. */
  wraps: boolean;
}

const MINUTE: Field = { name: "minute", low: 0, high: 59, wraps: true };
const HOUR: Field = { name: "hour", low: 0, high: 23, wraps: true };
const DAY: Field = {
  name: "day",
  low: 1,
  high: 31,
  special: /^(\?|L|LW|L-([1-9]|[12]\d|30)|([1-9]|[12]\d|3[01])W)$/i,
  wraps: true,
};
const MONTH: Field = { name: "month", low: 1, high: 12, words: MONTHS, wraps: true };
const WEEKDAY: Field = {
  name: "weekday",
  low: 1,
  high: 7,
  words: WEEKDAYS,
  special: new RegExp(`^(\\?|L|([1-7]|${WEEKDAYS})(L|#[1-5]))$`, "i"),
  wraps: true,
};
const YEAR: Field = { name: "year", low: 1970, high: LAST_YEAR, wraps: false };
const FIELDS = [MINUTE, HOUR, DAY, MONTH, WEEKDAY, YEAR] as const;

class Mistake extends Error {}

/**
 * Reads a pipeline's scheduleExpression: `cron(minute hour day month weekday year)`, all six, or `rate(n unit)`.
 * `*` may stand where `?` belongs: AWS's own examples have `cron(0 0 * * SUN *)`.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/cron-expressions.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string): ParsedSchedule {
  try {
    const rate = /^rate\((.*)\)$/.exec(expression);
    if (rate) return readRate(rate[1] ?? "");
    const cron = /^cron\((.*)\)$/.exec(expression);
    if (!cron) throw new Mistake("It must be cron(...) or rate(...).");
    return readCron(cron[1] ?? "");
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { ok: false, message: `The schedule expression '${expression}' is not valid. ${error.message}` };
  }
}

/** The pattern names every value: the scheduler library does not know steps with a start or ranges that wrap. */
function readCron(text: string): ParsedSchedule {
  const fields = text.split(" ");
  if (fields.length !== 6) throw new Mistake("A cron expression has six fields separated by single spaces.");
  const [minute, hour, days, month, weekdays, year] = FIELDS.map((field, index) =>
    valuesOf(fields[index] ?? "", field),
  );
  const [, , day = "", , weekday = ""] = fields;
  if (day === "?" && weekday === "?") throw new Mistake("Only one of the day and weekday fields can be '?'.");
  if (![day, weekday].some((field) => field === "?" || field === "*"))
    throw new Mistake("One of the day and weekday fields must be '?'.");
  const pattern = `0 ${minute} ${hour} ${days} ${month} ${weekdays} ${year}`;
  const beforeLast = /^L-(\d+)$/i.exec(day)?.[1];
  return { ok: true, kind: "cron", pattern, ...(beforeLast && { daysBeforeLast: Number(beforeLast) }) };
}

function readRate(text: string): ParsedSchedule {
  const [, amount = "", unit = "", plural = ""] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const unitMs = UNITS[unit];
  if (!unitMs || !Number.isSafeInteger(Number(amount)))
    throw new Mistake("A rate is a positive number and one of minute(s), hour(s), day(s).");
  if ((amount === "1") === (plural === "s"))
    throw new Mistake(`The unit must be ${plural ? "singular" : "plural"} for a value of ${amount}.`);
  return { ok: true, kind: "rate", everyMs: Number(amount) * unitMs };
}

/** A field as the scheduler library writes it. */
function valuesOf(text: string, field: Field): string {
  if (field.special?.test(text)) return specialValue(text.toUpperCase(), field);
  const values = new Set<number>();
  for (const part of text.split(",")) for (const value of partValues(part, text, field)) values.add(value);
  if (values.size === field.high - field.low + 1) return "*";
  return [...values].sort((left, right) => left - right).join(",");
}

/** The library has no `L-n`, the last Friday is its 6#L, and the plain L of a week is Saturday, its 7. */
function specialValue(text: string, field: Field): string {
  if (text === "?") return "*";
  if (field === WEEKDAY) return text === "L" ? "7" : text.replace(/^(\w+)L$/, "$1#L");
  const beforeLast = /^L-(\d+)$/.exec(text)?.[1];
  if (!beforeLast) return text;
  const days = [28, 29, 30, 31].map((last) => last - Number(beforeLast));
  return days.filter((day) => day > 0).join(",");
}

/** The values of `5`, `5-9`, `FRI-MON`, each also with a step; `5/10` goes on to the end of the field. */
function* partValues(part: string, text: string, field: Field): Generator<number> {
  const { name, low, high, wraps } = field;
  const wrong = () => new Mistake(`'${text}' is not valid for the ${name} field (${low}-${high}).`);
  const [range = "", step, ...more] = part.split("/");
  if (step !== undefined && !/^[1-9]\d*$/.test(step))
    throw new Mistake(`The step '${step}' of the ${name} field is not a positive number.`);
  const ends = range === "*" ? [low, high] : range.split("-").map((end) => numberOf(end, field));
  const [first, last = step === undefined ? first : high] = ends;
  if (more.length > 0 || ends.length > 2 || ends.includes(undefined)) throw wrong();
  if (first === undefined || last === undefined || (last < first && !wraps)) throw wrong();
  const span = high - low + 1;
  const end = last < first ? last + span : last;
  for (let value = first; value <= end; value += Number(step ?? 1)) yield value > high ? value - span : value;
}

function numberOf(text: string, field: Field): number | undefined {
  const word = field.words?.split("|").indexOf(text.toLowerCase()) ?? -1;
  const value = word >= 0 ? word + field.low : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.low && value <= field.high ? value : undefined;
}

/** Whether a name is an IANA time zone; remembered, since asking for each run of a history took a fifth of the start. */
export const isTimeZone: (name: string) => boolean = rememberByText((name) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
});

/**
 * The next runs after `fromMs` (epoch), at most `count`; none for an invalid expression or zone.
 * A wall time that a change of clocks leaves out is run when the gap ends, one that comes twice is run once.
 * A rate counts from `anchorMs`, the moment its pipeline was created or last changed.
 */
export function nextRuns(
  expression: string,
  timezone: string | undefined,
  fromMs: number,
  count: number,
  anchorMs = fromMs,
): number[] {
  const parsed = parseSchedule(expression);
  const zone = timezone ?? "UTC";
  if (!parsed.ok || !isTimeZone(zone)) return [];
  if (parsed.kind === "rate") {
    const first =
      anchorMs + (Math.floor(Math.max(fromMs - anchorMs, 0) / parsed.everyMs) + 1) * parsed.everyMs;
    return Array.from({ length: count }, (_, index) => first + index * parsed.everyMs).filter(
      (at) => at <= LAST_MOMENT_MS,
    );
  }
  const cron = new Cron(parsed.pattern, {
    mode: "7-part",
    alternativeWeekdays: true,
    timezone: zone,
    paused: true,
  });
  const { daysBeforeLast } = parsed;
  const runs: number[] = [];
  for (let at = cron.nextRun(new Date(fromMs)); at && runs.length < count; at = cron.nextRun(at)) {
    if (daysBeforeLast === undefined || daysToMonthEnd(at, zone) === daysBeforeLast) runs.push(at.getTime());
  }
  return runs;
}

/** Days that follow in the same month, by the calendar of a time zone: 0 on its last day. */
function daysToMonthEnd(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  const { year, month, day } = Object.fromEntries(
    parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  return new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate() - (day ?? 0);
}
