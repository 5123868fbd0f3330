import { ticks } from "d3-array";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";

/** What an axis counts: things, or milliseconds. */
export type ChartMeasure = "count" | "duration";
export type ValueAxis = {
  /** The value at the top of the plot. */
  top: number;
  ticks: { value: number; label: string }[];
  /** Of the labels; absent for a count. */
  unit?: string;
};

const UNITS = [
  { unit: "h", ms: HOUR_MS },
  { unit: "min", ms: MINUTE_MS },
  { unit: "s", ms: 1000 },
];
const ABOUT_TICKS = 5;

/** Round values from 0 up to at least `greatest`, in the unit that has at least two of it. */
export function valueAxis(greatest: number, measure: ChartMeasure): ValueAxis {
  const unit = measure === "duration" ? UNITS.find(({ ms }) => greatest >= 2 * ms) : undefined;
  const size = unit?.ms ?? (measure === "duration" ? 1000 : 1);
  const most = Math.max(greatest / size, measure === "count" ? 1 : 0.1);
  const found = ticks(0, most, ABOUT_TICKS).filter(
    (value) => measure === "duration" || Number.isInteger(value),
  );
  const step = (found[1] ?? 1) - (found[0] ?? 0);
  const last = found.at(-1) ?? 0;
  const all = last < most ? [...found, round(last + step)] : found;
  return {
    top: (all.at(-1) ?? 1) * size,
    ticks: all.map((value) => ({ value: value * size, label: value.toLocaleString("en") })),
    ...(measure === "duration" && { unit: unit?.unit ?? "s" }),
  };
}

/** 0.30000000000000004 is 0.3. */
const round = (value: number) => Number(value.toPrecision(12));

const STEPS = [1, 2, 7, 14, 28, 56, 91, 182, 364, 728];
const MOST_DATES = 7;

/** Which entries of the axis have their date written below them: a round number of days or weeks apart. */
export function dateTicks(days: string[], most = MOST_DATES): number[] {
  const step = STEPS.find((each) => Math.ceil(days.length / each) <= most) ?? Math.ceil(days.length / most);
  return days.flatMap((_, index) => (index % step === 0 ? [index] : []));
}

/** Where the middle of an entry is, from 0 to 1. */
export const placeOf = (index: number, count: number): number => (index + 0.5) / Math.max(1, count);

/** The entry at a place from 0 to 1; the first or last one beyond them. */
export const entryAt = (place: number, count: number): number =>
  Math.max(0, Math.min(count - 1, Math.floor(place * count)));

/** Places of labels, from 0 to 1 and at least `gap` apart, each as near as can be to where it belongs. */
export function spreadLabels(places: number[], gap: number): number[] {
  const order = places.map((_, index) => index).toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const found = [...places];
  let lowest = 0;
  for (const index of order) {
    found[index] = Math.max(found[index] ?? 0, lowest);
    lowest = (found[index] ?? 0) + gap;
  }
  let highest = 1;
  for (const index of order.toReversed()) {
    found[index] = Math.min(found[index] ?? 0, highest);
    highest = (found[index] ?? 0) - gap;
  }
  return found;
}

const dayOf = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  return (day: string) => format.format(new Date(day)).replace(",", "");
};
/** "15 Oct". */
export const shortDay = dayOf({ day: "numeric", month: "short" });
/** "Fri 20 Nov". */
export const namedDay = dayOf({ weekday: "short", day: "numeric", month: "short" });

/** The entry that a day belongs to, where each entry of the axis is a day or, with `week`, the Monday of one. */
export function entryOf(day: string, days: string[], period: "day" | "week"): number | undefined {
  if (period === "day") {
    const found = days.indexOf(day);
    return found < 0 ? undefined : found;
  }
  const found = days.findLastIndex((monday) => monday <= day);
  const monday = days[found];
  return monday && Date.parse(day) - Date.parse(monday) < 7 * DAY_MS ? found : undefined;
}
