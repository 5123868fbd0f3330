import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { addDays } from "@/lib/history/calendar-day";
import { dateTicks, entryAt, entryOf, placeOf, spreadLabels, valueAxis } from "./chart-scale";

describe("the axes of a chart", () => {
  it.each([
    [0, "count", ["0", "1"], undefined],
    [3, "count", ["0", "1", "2", "3"], undefined],
    [47, "count", ["0", "10", "20", "30", "40", "50"], undefined],
    [0, "duration", ["0", "0.02", "0.04", "0.06", "0.08", "0.1"], "s"],
    [44_000, "duration", ["0", "10", "20", "30", "40", "50"], "s"],
    [44 * MINUTE_MS, "duration", ["0", "10", "20", "30", "40", "50"], "min"],
    [5 * HOUR_MS, "duration", ["0", "1", "2", "3", "4", "5"], "h"],
  ] as const)("%s as a %s is read off %j", (greatest, measure, labels, unit) => {
    const axis = valueAxis(greatest, measure);
    expect(axis.ticks.map(({ label }) => label)).toEqual(labels);
    expect(axis.unit).toBe(unit);
  });

  it("reach over every value, from 0, in equal steps, with three to eleven ticks; counts are whole", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.constantFrom("count" as const, "duration" as const),
        (greatest, measure) => {
          const { top, ticks } = valueAxis(greatest, measure);
          const values = ticks.map(({ value }) => value);
          expect(top).toBeGreaterThanOrEqual(greatest);
          expect(values[0]).toBe(0);
          expect(values.at(-1)).toBe(top);
          expect(values.length).toBeGreaterThanOrEqual(2);
          expect(values.length).toBeLessThanOrEqual(11);
          const step = values[1] ?? 0;
          for (const [index, value] of values.entries()) expect(value / step).toBeCloseTo(index, 6);
          if (measure === "count") expect(values.every(Number.isInteger)).toBe(true);
        },
      ),
    );
  });

  it("have at most seven dates, whole weeks apart beyond a week", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3660 }), (count) => {
        const found = dateTicks(Array.from({ length: count }, (_, index) => addDays("2020-01-01", index)));
        expect(found[0]).toBe(0);
        expect(found.length).toBeLessThanOrEqual(7);
        if (count > 14 && count < 5000) expect((found[1] ?? 0) % 7).toBe(0);
      }),
    );
  });

  it("find the entry whose middle is pointed at, and none beyond the ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(399), (count, some) => {
        const index = some % count;
        expect(entryAt(placeOf(index, count), count)).toBe(index);
        expect(entryAt(-0.4, count)).toBe(0);
        expect(entryAt(1.7, count)).toBe(count - 1);
      }),
    );
  });

  it("find the week of a day, and no week for days before the first and after the last", () => {
    const mondays = ["2026-11-02", "2026-11-09", "2026-11-16"];
    expect(
      ["2026-11-01", "2026-11-02", "2026-11-08", "2026-11-09", "2026-11-22", "2026-11-23"].map((day) =>
        entryOf(day, mondays, "week"),
      ),
    ).toEqual([undefined, 0, 0, 1, 2, undefined]);
    expect(entryOf("2026-11-09", mondays, "day")).toBe(1);
    expect(entryOf("2026-11-10", mondays, "day")).toBeUndefined();
  });

  it("keep the labels of lines apart and in order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (places) => {
        const found = spreadLabels(places, 0.1);
        const sorted = found.toSorted((a, b) => a - b);
        for (const [index, place] of sorted.entries())
          if (index > 0) expect(place - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(0.0999);
        for (const [a, placeA] of places.entries())
          for (const [b, placeB] of places.entries())
            if (placeA < placeB) expect(found[a]).toBeLessThan(found[b] ?? 0);
      }),
    );
  });
});
