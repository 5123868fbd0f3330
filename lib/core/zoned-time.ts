import { DAY_MS } from "@/lib/core/time";
/** A date and time as a wall clock shows it. Months count from 1. */
export type WallTime = { year: number; month: number; day: number; hour: number; minute: number };

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const formatter =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** True for IANA names that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What a clock in `timeZone` shows at an instant. Throws `RangeError` for an unknown zone. */
export function wallTimeAt(timeZone: string, epochMs: number): WallTime {
  const parts = formatterOf(timeZone).formatToParts(epochMs);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
  };
}

/**
 * When a clock in `timeZone` first shows `wall`, in epoch milliseconds; undefined when it never does, because
 * summer time begins just then.
 */
export function instantOf(timeZone: string, wall: WallTime): number | undefined {
  const asUtc = utcOf(wall);
  // Offsets a day before and after hold on both sides of any change in between.
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((at) => utcOf(wallTimeAt(timeZone, at)) - at);
  const shown = offsets
    .map((offset) => asUtc - offset)
    .filter((instant) => utcOf(wallTimeAt(timeZone, instant)) === asUtc);
  return shown.length > 0 ? Math.min(...shown) : undefined;
}

const utcOf = ({ year, month, day, hour, minute }: WallTime) => Date.UTC(year, month - 1, day, hour, minute);

/**
 * What a field for date and time holds (`2030-01-31T12:00`) as an instant in ISO 8601, on a clock in `timeZone`;
 * undefined for a time that the zone leaves out, and for what is none.
 */
export function instantOfField(timeZone: string, text: string): string | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  const at = instantOf(timeZone, { year, month, day, hour, minute });
  return at === undefined ? undefined : new Date(at).toISOString();
}
