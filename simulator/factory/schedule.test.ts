import { describe, expect, it } from "vitest";
import { nextRuns, parseSchedule } from "./schedule";

const at = (text: string) => Date.parse(text);
const runs = (expression: string, zone: string | undefined, from: string, count = 3) =>
  nextRuns(expression, zone, at(from), count).map((ms) => new Date(ms).toISOString());

describe("schedule expressions", () => {
  it.each([
    "cron(0 0 * * ? *)",
    "cron(0 12 ? * MON-FRI *)",
    "cron(0/15 * * * ? 2026-2030)",
    "cron(0 8 1,15 jan-jun ? *)",
    "cron(0 8 L * ? *)",
    "cron(0 8 15W * ? *)",
    "cron(0 8 ? * 6L *)",
    "cron(0 8 ? * 2#1 *)",
    "cron(0 0 * * SUN *)",
    "cron(5/10,40 22-4/2 * * ? *)",
    "cron(0 8 ? * FRI-MON *)",
    "cron(0 8 ? nov-FEB mon#2 *)",
    "cron(0 8 L-3 * ? *)",
    "cron(0 8 LW * ? *)",
    "cron(0 8 1/7 */3 ? 2026/2)",
    "rate(1 day)",
    "rate(12 hours)",
  ])("accepts %s", (expression) => {
    expect(parseSchedule(expression)).toMatchObject({ ok: true });
  });

  it.each([
    ["every day", "must be cron(...) or rate(...)"],
    ["cron(0 0 * *)", "six fields"],
    ["cron(0 0 * * *)", "six fields"],
    ["cron(0 0 * * ? * *)", "six fields"],
    ["cron( 0 0 * * ? *)", "six fields"],
    ["0 0 * * ? *", "must be cron(...) or rate(...)"],
    ["cron(0/15/2 * * * ? *)", "minute field"],
    ["cron(? 0 * * ? *)", "minute field"],
    ["cron(1--2 0 * * ? *)", "minute field"],
    ["cron(1, 0 * * ? *)", "minute field"],
    ["cron(0 0 L-0 * ? *)", "day field"],
    ["cron(0 0 L-31 * ? *)", "day field"],
    ["cron(0 0 32W * ? *)", "day field"],
    ["cron(0 0 1,L * ? *)", "day field"],
    ["cron(0 0 ? * 2#0 *)", "weekday field"],
    ["cron(0 0 ? * friday *)", "weekday field"],
    ["cron(0 0 1 * ? 2030-2028)", "year field"],
    ["rate(99999999999999999999 days)", "positive number"],
    ["cron(0  0 * * ? *)", "six fields"],
    ["cron(60 0 * * ? *)", "minute field (0-59)"],
    ["cron(0 24 * * ? *)", "hour field (0-23)"],
    ["cron(0 0 32 * ? *)", "day field (1-31)"],
    ["cron(0 0 1 13 ? *)", "month field (1-12)"],
    ["cron(0 0 ? * 0 *)", "weekday field (1-7)"],
    ["cron(0 0 ? * 2#6 *)", "weekday field"],
    ["cron(0 0 1 * ? 2200)", "year field (1970-2199)"],
    ["cron(0 0 1 * MON *)", "must be '?'"],
    ["cron(0 0 ? * ? *)", "Only one of"],
    ["cron(0/0 0 * * ? *)", "step '0'"],
    ["rate(1 days)", "singular"],
    ["rate(2 day)", "plural"],
    ["rate(0 days)", "positive number"],
    ["rate(1 week)", "positive number"],
  ])("refuses %s and says why", (expression, why) => {
    expect(parseSchedule(expression)).toMatchObject({ ok: false, message: expect.stringContaining(why) });
  });
});

describe("next runs", () => {
  it("counts weekdays from Sunday as 1", () => {
    expect(runs("cron(0 9 ? * 2 *)", undefined, "2026-01-01T00:00:00Z", 2)).toEqual([
      "2026-01-05T09:00:00.000Z",
      "2026-01-12T09:00:00.000Z",
    ]);
  });

  it("knows the last day, the last Friday, the nearest weekday and the second Tuesday", () => {
    expect(runs("cron(0 0 L * ? *)", undefined, "2026-02-01T00:00:00Z", 1)).toEqual([
      "2026-02-28T00:00:00.000Z",
    ]);
    expect(runs("cron(0 0 ? * 6L *)", undefined, "2026-02-01T00:00:00Z", 1)).toEqual([
      "2026-02-27T00:00:00.000Z",
    ]);
    expect(runs("cron(0 0 15W * ? *)", undefined, "2026-02-01T00:00:00Z", 1)).toEqual([
      "2026-02-16T00:00:00.000Z",
    ]);
    expect(runs("cron(0 0 ? * 3#2 *)", undefined, "2026-02-01T00:00:00Z", 1)).toEqual([
      "2026-02-10T00:00:00.000Z",
    ]);
    expect(runs("cron(0 0 ? * L *)", undefined, "2026-02-01T00:00:00Z", 1)).toEqual([
      "2026-02-07T00:00:00.000Z",
    ]);
  });

  it("counts a step from its start and takes ranges over the end of a field", () => {
    expect(runs("cron(5/20 0 1 1 ? *)", undefined, "2026-01-01T00:00:00Z")).toEqual([
      "2026-01-01T00:05:00.000Z",
      "2026-01-01T00:25:00.000Z",
      "2026-01-01T00:45:00.000Z",
    ]);
    expect(runs("cron(0 22-4/3 * * ? *)", undefined, "2026-01-01T05:00:00Z", 3)).toEqual([
      "2026-01-01T22:00:00.000Z",
      "2026-01-02T01:00:00.000Z",
      "2026-01-02T04:00:00.000Z",
    ]);
    expect(runs("cron(0 9 ? * FRI-MON *)", undefined, "2026-01-01T00:00:00Z", 5)).toEqual([
      "2026-01-02T09:00:00.000Z",
      "2026-01-03T09:00:00.000Z",
      "2026-01-04T09:00:00.000Z",
      "2026-01-05T09:00:00.000Z",
      "2026-01-09T09:00:00.000Z",
    ]);
  });

  it("counts days back from the end of the month, by the calendar of the zone", () => {
    expect(runs("cron(0 1 L-2 * ? *)", "Pacific/Auckland", "2026-01-15T00:00:00Z", 3)).toEqual([
      "2026-01-28T12:00:00.000Z",
      "2026-02-25T12:00:00.000Z",
      "2026-03-28T12:00:00.000Z",
    ]);
    expect(runs("cron(0 0 L-30 * ? *)", undefined, "2026-02-02T00:00:00Z", 2)).toEqual([
      "2026-03-01T00:00:00.000Z",
      "2026-05-01T00:00:00.000Z",
    ]);
  });

  it("has a run, or none for a date that never comes, for every expression that it accepts", () => {
    const own = (low: number, high: number) => {
      const middle = Math.floor((low + high) / 2);
      const values = [low, middle, high, `${low},${high}`, `${low}-${middle}`, `${middle}/2`, `*/5`];
      return [
        "*",
        ...values.map(String),
        `${low}-${high}/3`,
        `${high}-${middle}`,
        `${high}-${low},${middle}`,
      ];
    };
    const fields = [
      own(0, 59),
      own(0, 23),
      [...own(1, 31), "?", "L", "LW", "L-1", "L-30", "1W", "31W"],
      [...own(1, 12), "JAN", "oct-Feb", "JAN,JUL", "MAR/3"],
      [...own(1, 7), "?", "L", "SUN", "fri-mon", "2L", "friL", "6#5", "tue#1", "MON-FRI/2"],
      ["*", "2027", "2026-2030", "2026/4", "2028,2199"],
    ];
    const plain = ["0", "0", "*", "*", "?", "*"];
    for (const [index, values] of fields.entries()) {
      for (const value of values) {
        const text = plain.with(index, value);
        if (index === 2) text[4] = value === "?" ? "*" : "?";
        const expression = `cron(${text.join(" ")})`;
        expect(parseSchedule(expression), expression).toMatchObject({ ok: true });
        const [first, second] = nextRuns(expression, "Europe/Berlin", at("2026-01-01T00:00:00Z"), 2);
        expect(first, expression).toBeGreaterThan(at("2026-01-01T00:00:00Z"));
        if (second !== undefined) expect(second, expression).toBeGreaterThan(first as number);
      }
    }
    expect(runs("cron(0 0 31 2 ? *)", undefined, "2026-01-01T00:00:00Z")).toEqual([]);
    expect(runs("rate(9007199254740 minutes)", undefined, "2026-01-01T00:00:00Z")).toEqual([]);
  });

  it("keeps the wall time of the zone through both changes of clocks", () => {
    expect(runs("cron(0 6 * * ? *)", "Europe/Berlin", "2026-03-28T00:00:00Z", 3)).toEqual([
      "2026-03-28T05:00:00.000Z",
      "2026-03-29T04:00:00.000Z",
      "2026-03-30T04:00:00.000Z",
    ]);
    expect(runs("cron(0 6 * * ? *)", "America/New_York", "2026-10-31T00:00:00Z", 2)).toEqual([
      "2026-10-31T10:00:00.000Z",
      "2026-11-01T11:00:00.000Z",
    ]);
  });

  it("runs a left-out wall time once, when the gap ends and a doubled hour once", () => {
    const gap = runs("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-28T12:00:00Z", 2);
    expect(gap).toEqual(["2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z"]);
    const doubled = runs("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00Z", 2);
    expect(doubled).toHaveLength(2);
    expect(doubled[1]).toBe("2026-10-26T01:30:00.000Z");
  });

  it("counts a rate from its anchor and never gives a past run", () => {
    expect(
      nextRuns("rate(2 hours)", undefined, at("2026-01-01T05:30:00Z"), 2, at("2026-01-01T00:00:00Z")),
    ).toEqual([at("2026-01-01T06:00:00Z"), at("2026-01-01T08:00:00Z")]);
  });

  it("gives none for an invalid expression, an unknown zone or a year that is over", () => {
    expect(runs("cron(nope)", undefined, "2026-01-01T00:00:00Z")).toEqual([]);
    expect(runs("cron(0 0 * * ? *)", "Mars/Olympus", "2026-01-01T00:00:00Z")).toEqual([]);
    expect(runs("cron(0 0 * * ? 2020)", undefined, "2026-01-01T00:00:00Z")).toEqual([]);
  });
});
