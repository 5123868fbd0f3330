import { Cron } from "croner";
import { rememberByText } from "./remember";

export type ParsedSchedule =
  | { ok: true; kind: "cron"; pattern: string }
  | { ok: true; kind: "rate"; everyMs: number }
  | { ok: false; message: string };

const MINUTE_MS = 60_000;
const UNITS: Record<string, number> = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS };
const MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const WEEKDAYS = "sun|mon|tue|wed|thu|fri|sat";
const LAST_YEAR = 2199;

interface Field {
  name: string;
  low: number;
  high: number;
  words?: string;
  /** Forms of this field beyond lists, ranges and steps. */
  special?: RegExp;
}

const FIELDS: readonly Field[] = [
  { name: "minute", low: 0, high: 59 },
  { name: "hour", low: 0, high: 23 },
  { name: "day", low: 1, high: 31, special: /^(\?|L|LW|L-\d{1,2}|([1-9]|[12]\d|3[01])W)$/i },
  { name: "month", low: 1, high: 12, words: MONTHS },
  {
    name: "weekday",
    low: 1,
    high: 7,
    words: WEEKDAYS,
    special: new RegExp(`^(\\?|L|([1-7]|${WEEKDAYS})(L|#[1-5]))$`, "i"),
  },
  { name: "year", low: 1970, high: LAST_YEAR },
];

/**
 * Reads a pipeline's scheduleExpression: `cron(minute hour day month weekday year)` or `rate(n unit)`.
 * The year may be left out, and `*` may stand where `?` belongs: the service has accepted both.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/cron-expressions.html
 */
export function parseSchedule(expression: string): ParsedSchedule {
  const rate = /^rate\((.*)\)$/.exec(expression);
  if (rate) return readRate(rate[1] ?? "", expression);
  const cron = /^cron\((.*)\)$/.exec(expression);
  if (!cron) return refuse(expression, "It must be cron(...) or rate(...).");
  const fields = (cron[1] ?? "").split(" ");
  if (fields.length === 5) fields.push("*");
  if (fields.length !== 6)
    return refuse(expression, "A cron expression has six fields separated by single spaces.");
  for (const [index, field] of FIELDS.entries()) {
    const problem = checkField(fields[index] ?? "", field);
    if (problem) return refuse(expression, problem);
  }
  const [minute, hour, day = "", month, weekday = "", year] = fields;
  if (day === "?" && weekday === "?")
    return refuse(expression, "Only one of the day and weekday fields can be '?'.");
  if (![day, weekday].some((field) => field === "?" || field === "*")) {
    return refuse(expression, "One of the day and weekday fields must be '?'.");
  }
  const days = day === "?" ? "*" : day.toUpperCase();
  return {
    ok: true,
    kind: "cron",
    pattern: `0 ${minute} ${hour} ${days} ${month} ${weekdayPattern(weekday)} ${year}`,
  };
}

/** The scheduler library writes the last Friday as 6#L and the plain L as Saturday. */
function weekdayPattern(weekday: string): string {
  if (weekday === "?") return "*";
  if (/^L$/i.test(weekday)) return "7";
  return weekday.replace(/^(\w+)L$/i, "$1#L").toUpperCase();
}

function readRate(text: string, expression: string): ParsedSchedule {
  const [, amount = "", unit = "", plural = ""] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const unitMs = UNITS[unit];
  if (!unitMs)
    return refuse(expression, "A rate is a positive number and one of minute(s), hour(s), day(s).");
  if ((amount === "1") === (plural === "s")) {
    return refuse(expression, `The unit must be ${plural ? "singular" : "plural"} for a value of ${amount}.`);
  }
  return { ok: true, kind: "rate", everyMs: Number(amount) * unitMs };
}

function refuse(expression: string, why: string): ParsedSchedule {
  return { ok: false, message: `The schedule expression '${expression}' is not valid. ${why}` };
}

function checkField(text: string, field: Field): string | undefined {
  for (const part of text.split(",")) {
    if (field.special?.test(part) && text === part) continue;
    const [range = "", step] = part.split("/");
    if (step !== undefined && !/^[1-9]\d*$/.test(step))
      return `The step '${step}' of the ${field.name} field is not a positive number.`;
    if (range === "*") continue;
    const ends = range.split("-");
    const values = ends.map((end) => numberOf(end, field));
    if (ends.length > 2 || values.some((value) => value === undefined)) {
      return `'${text}' is not valid for the ${field.name} field (${field.low}-${field.high}).`;
    }
  }
  return undefined;
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
    return Array.from({ length: count }, (_, index) => first + index * parsed.everyMs);
  }
  const cron = new Cron(parsed.pattern, {
    mode: "7-part",
    alternativeWeekdays: true,
    timezone: zone,
    paused: true,
  });
  return cron.nextRuns(count, new Date(fromMs)).map((date) => date.getTime());
}
