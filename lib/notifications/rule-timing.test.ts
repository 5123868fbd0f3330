import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { wallTimeAt } from "@/lib/core/zoned-time";
import { CADENCES, type RuleTiming, releaseAt } from "./rule-timing";

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const timing: fc.Arbitrary<RuleTiming> = fc.record({
  cadence: fc.constantFrom(...CADENCES),
  dailyAt: time,
  timeZone: fc.constantFrom(...ZONES),
  hours: fc.option(
    fc
      .record({ days: fc.uniqueArray(fc.nat(6), { minLength: 1 }), from: time, to: time })
      .filter(({ from, to }) => from !== to),
    { nil: undefined },
  ),
});
/** Two years with all their changes of the clock. */
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });

const clock = (timeZone: string, at: number) => {
  const { year, month, day, hour, minute } = wallTimeAt(timeZone, at);
  return {
    time: `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`,
    day: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
  };
};
/** Whether a change of the clock is near, where an hour is left out or comes twice. */
const isNearChange = (timeZone: string, at: number) => {
  const offset = (instant: number) => {
    const { year, month, day, hour, minute } = wallTimeAt(timeZone, instant);
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  };
  return offset(at - DAY_MS) !== offset(at + DAY_MS);
};

it("never sends before it happens, nor later than the second week, nor outside of the hours", () => {
  fc.assert(
    fc.property(timing, instant, fc.option(fc.nat(2 * HOUR_MS), { nil: undefined }), (rule, now, ago) => {
      const at = releaseAt(rule, { now, ...(ago !== undefined && { lastAt: now - ago }) });
      expect(at).toBeGreaterThanOrEqual(now);
      expect(at - now).toBeLessThan(10 * DAY_MS);
      if (!rule.hours || isNearChange(rule.timeZone, at)) return;
      const { time: shown, day } = clock(rule.timeZone, at);
      const { from, to, days } = rule.hours;
      const before = (day + 6) % 7;
      const isOpen =
        from < to
          ? days.includes(day) && shown >= from && shown < to
          : (days.includes(day) && shown >= from) || (days.includes(before) && shown < to);
      expect(isOpen, `${day} ${shown}`).toBe(true);
    }),
  );
});

it("sends at once what may be sent at once, and daily at the hour", () => {
  fc.assert(
    fc.property(timing, instant, (rule, now) => {
      const always = { ...rule, hours: undefined };
      expect(releaseAt({ ...always, cadence: "at-once" }, { now })).toBe(now);
      const daily = releaseAt({ ...always, cadence: "daily" }, { now });
      expect(daily).toBeGreaterThan(now);
      if (!isNearChange(rule.timeZone, daily)) expect(clock(rule.timeZone, daily).time).toBe(rule.dailyAt);
    }),
  );
});

it("keeps a window after the last message, and joins what is already held", () => {
  const rule: RuleTiming = { cadence: "hourly", dailyAt: "09:00", timeZone: "UTC" };
  const now = Date.UTC(2026, 5, 1);
  expect(releaseAt(rule, { now })).toBe(now);
  expect(releaseAt(rule, { now, lastAt: now - 20 * MINUTE_MS })).toBe(now + 40 * MINUTE_MS);
  expect(releaseAt(rule, { now, lastAt: now - 2 * HOUR_MS })).toBe(now);
  expect(releaseAt(rule, { now, lastAt: now, heldUntil: now + 5 * MINUTE_MS })).toBe(now + 5 * MINUTE_MS);
});
