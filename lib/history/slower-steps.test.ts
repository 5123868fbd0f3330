import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS as MIN } from "@/lib/core/time";
import { addDays } from "./calendar-day";
import { isBeyondNoise, pickSlower, sinceWhen } from "./slower-steps";

const daysOf = (values: number[]) =>
  values.map((p50Ms, index) => ({ day: addDays("2026-10-01", index), p50Ms }));
const level = (count: number, ms: number) => Array.from({ length: count }, () => ms);

describe("since when a step is slower", () => {
  const TABLE: [string, number[], { nowMs: number; beforeMs: number }, ReturnType<typeof sinceWhen>][] = [
    ["a jump", [...level(20, MIN), ...level(10, 3 * MIN)], jump(MIN, 3 * MIN), dayAt(20)],
    ["a jump yesterday", [...level(29, MIN), 3 * MIN], jump(MIN, 3 * MIN), dayAt(29)],
    ["a jump on the second day", [MIN, ...level(29, 3 * MIN)], jump(MIN, 3 * MIN), dayAt(1)],
    [
      "one slow day before the jump",
      withAt([...level(20, MIN), ...level(9, 2 * MIN)], 8, 9 * MIN),
      jump(MIN, 2 * MIN),
      dayAt(20),
    ],
    [
      "bit by bit",
      Array.from({ length: 30 }, (_, day) => MIN + day * 4000),
      jump(MIN, MIN + 110_000),
      { kind: "gradual" },
    ],
    ["too few days", [MIN, MIN, 3 * MIN], jump(MIN, 3 * MIN), { kind: "not-known" }],
    ["no days", [], jump(MIN, 3 * MIN), { kind: "not-known" }],
  ];
  it.each(TABLE)("%s", (_, values, step, since) => {
    expect(sinceWhen(daysOf(values), step)).toEqual(since);
  });

  it("is the day of the jump, whatever the levels, the place and noise of a tenth of the jump", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: HOUR_MS }),
        fc.integer({ min: 2000, max: HOUR_MS }),
        fc.integer({ min: 3, max: 40 }),
        fc.integer({ min: 3, max: 40 }),
        fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 80, maxLength: 80 }),
        (base, rise, before, after, noise) => {
          const values = [...level(before, base), ...level(after, base + rise)].map(
            (value, index) => value + rise * (noise[index] ?? 0),
          );
          expect(sinceWhen(daysOf(values), jump(base, base + rise))).toEqual(dayAt(before));
        },
      ),
    );
  });

  it("is never a day for what grows by the same every day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 80 }), fc.integer({ min: 1, max: 60_000 }), (count, daily) => {
        const values = Array.from({ length: count }, (_, day) => 10_000 + day * daily);
        expect(sinceWhen(daysOf(values), jump(10_000, 10_000 + daily * (count - 1)))).toEqual({
          kind: "gradual",
        });
      }),
    );
  });
});

describe("steps that got slower", () => {
  it("leave out what the figures cannot tell from noise, and come with the greatest growth first", () => {
    const steps = [
      { name: "a little", nowMs: 60_500, beforeMs: 60_000 },
      { name: "within the buckets", nowMs: 104_000, beforeMs: 100_000 },
      { name: "faster", nowMs: 10_000, beforeMs: 90_000 },
      { name: "slower", nowMs: 120_000, beforeMs: 60_000 },
      { name: "much slower", nowMs: 500_000, beforeMs: 60_000 },
    ];
    expect(pickSlower(steps, 12).map(({ name }) => name)).toEqual(["much slower", "slower"]);
    expect(pickSlower(steps, 1)).toHaveLength(1);
  });

  it("are told from ordinary days", () => {
    const ordinary = daysOf([50_000, 60_000, 70_000, 60_000, 80_000, 40_000]);
    expect(isBeyondNoise(ordinary, { beforeMs: 60_000, nowMs: 75_000 })).toBe(false);
    expect(isBeyondNoise(ordinary, { beforeMs: 60_000, nowMs: 100_000 })).toBe(true);
    expect(isBeyondNoise(daysOf([60_000, 60_000]), { beforeMs: 60_000, nowMs: 65_000 })).toBe(true);
  });

  it("grew, each of them, by a second at least, and are in order", () => {
    const step = fc.record({ nowMs: fc.nat(10_000_000), beforeMs: fc.nat(10_000_000) });
    fc.assert(
      fc.property(fc.array(step), fc.nat(20), (steps, most) => {
        const grown = pickSlower(steps, most).map(({ nowMs, beforeMs }) => nowMs - beforeMs);
        expect(grown.length).toBeLessThanOrEqual(most);
        expect(grown.every((ms) => ms >= 1000)).toBe(true);
        expect(grown).toEqual(grown.toSorted((a, b) => b - a));
      }),
    );
  });
});

function jump(beforeMs: number, nowMs: number) {
  return { beforeMs, nowMs };
}
function dayAt(index: number) {
  return { kind: "day" as const, day: addDays("2026-10-01", index) };
}
function withAt(values: number[], at: number, value: number) {
  return values.map((each, index) => (index === at ? value : each));
}
