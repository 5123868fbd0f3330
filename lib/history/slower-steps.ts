import type { SlowerStep } from "./types";

/** A day's median, in milliseconds. */
export type DayMedian = { day: string; p50Ms: number };
/** A step's medians on both sides. */
export type ComparedStep = { nowMs: number; beforeMs: number };

/** Buckets are 4% wide: what differs by less may be the same. */
const LEAST_GROWTH = 0.06;
const LEAST_MS = 1000;
/** Fewer days show no shape. */
const LEAST_DAYS = 4;

/** Steps that grew by more than the figures are off, those that grew the most first. */
export const pickSlower = <Step extends ComparedStep>(steps: Step[], most: number): Step[] =>
  steps
    .filter((step) => grownBy(step) >= Math.max(LEAST_MS, step.beforeMs * LEAST_GROWTH))
    .toSorted((a, b) => grownBy(b) - grownBy(a))
    .slice(0, most);

/** Twice what half of the days before are off from their median: what grew by less may be an ordinary day. */
const NOISE = 2;

/** Whether a step grew by more than its days differed before. `days` are those before. */
export function isBeyondNoise(days: DayMedian[], { nowMs, beforeMs }: ComparedStep): boolean {
  const usual = medianOf(days.map(({ p50Ms }) => Math.abs(p50Ms - beforeMs)));
  return nowMs - beforeMs > NOISE * usual;
}

const grownBy = ({ nowMs, beforeMs }: ComparedStep) => nowMs - beforeMs;

/**
 * Since when a step that grew is slower. `days` in order. Two levels are fitted to its days at each place where it could
 * have changed, and one straight line: what lies nearer to the days tells whether it grew on one day or bit by bit.
 */
export function sinceWhen(days: DayMedian[], { nowMs, beforeMs }: ComparedStep): SlowerStep["since"] {
  if (days.length < LEAST_DAYS) return { kind: "not-known" };
  const values = days.map(({ p50Ms }) => p50Ms);
  let best: { at: number; cost: number; rise: number } | undefined;
  for (let at = 1; at < values.length; at++) {
    const [before, after] = [values.slice(0, at), values.slice(at)];
    const [low, high] = [medianOf(before), medianOf(after)];
    const cost = distance(before, () => low) + distance(after, () => high);
    if (!best || cost < best.cost) best = { at, cost, rise: high - low };
  }
  const day = days[best?.at ?? 0]?.day;
  if (!best || !day || best.rise < (nowMs - beforeMs) / 2) return { kind: "gradual" };
  return best.cost <= distance(values, lineThrough(values)) ? { kind: "day", day } : { kind: "gradual" };
}

const distance = (values: number[], expected: (index: number) => number) =>
  values.reduce((sum, value, index) => sum + Math.abs(value - expected(index)), 0);

function medianOf(values: number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The line whose slope is the median of all slopes between two days: single days that stand out do not tilt it. */
function lineThrough(values: number[]): (index: number) => number {
  const slopes = values.flatMap((value, index) =>
    values.slice(index + 1).map((later, ahead) => (later - value) / (ahead + 1)),
  );
  const slope = medianOf(slopes);
  const start = medianOf(values.map((value, index) => value - slope * index));
  return (index) => start + slope * index;
}
