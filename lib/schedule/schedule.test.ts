import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import { isTimeZone } from "@/lib/core/zoned-time";
import { canDependenciesChange } from "./dependency-updates";
import { describeSchedule } from "./describe-schedule";
import { nextClockChange } from "./next-clock-change";
import { nextRuns } from "./next-runs";
import { parseSchedule } from "./parse-schedule";

/** Dates were worked out by hand with a calendar; 1 January 2026 is a Thursday. */
const runsAfter = (expression: string, after: string, { timezone = "UTC", count = 3 } = {}) => {
  const parsed = parseSchedule(expression);
  if (!parsed.ok) throw new Error(parsed.message);
  return nextRuns(parsed.schedule, { timezone, afterMs: Date.parse(after), count }).map((instant) =>
    new Date(instant).toISOString().replace(":00.000Z", "Z"),
  );
};

describe("nextRuns", () => {
  it.each([
    ["cron(0 3 * * ? *)", ["2026-01-01T03:00Z", "2026-01-02T03:00Z", "2026-01-03T03:00Z"]],
    ["cron(30 2 ? * SUN *)", ["2026-01-04T02:30Z", "2026-01-11T02:30Z", "2026-01-18T02:30Z"]],
    ["cron(0 0 * * SUN *)", ["2026-01-04T00:00Z", "2026-01-11T00:00Z", "2026-01-18T00:00Z"]],
    ["cron(0 4 ? * 1 *)", ["2026-01-04T04:00Z", "2026-01-11T04:00Z", "2026-01-18T04:00Z"]],
    ["cron(0 9 ? * MON-FRI *)", ["2026-01-01T09:00Z", "2026-01-02T09:00Z", "2026-01-05T09:00Z"]],
    ["cron(0 9 ? * FRI-MON *)", ["2026-01-02T09:00Z", "2026-01-03T09:00Z", "2026-01-04T09:00Z"]],
    ["cron(0 0 L * ? *)", ["2026-01-31T00:00Z", "2026-02-28T00:00Z", "2026-03-31T00:00Z"]],
    ["cron(0 0 L-1 * ? *)", ["2026-01-30T00:00Z", "2026-02-27T00:00Z", "2026-03-30T00:00Z"]],
    ["cron(0 0 LW * ? *)", ["2026-01-30T00:00Z", "2026-02-27T00:00Z", "2026-03-31T00:00Z"]],
    ["cron(0 0 1W * ? *)", ["2026-02-02T00:00Z", "2026-03-02T00:00Z", "2026-04-01T00:00Z"]],
    ["cron(0 0 15W * ? *)", ["2026-01-15T00:00Z", "2026-02-16T00:00Z", "2026-03-16T00:00Z"]],
    ["cron(0 0 31W * ? *)", ["2026-01-30T00:00Z", "2026-03-31T00:00Z", "2026-05-29T00:00Z"]],
    ["cron(0 0 ? * 6L *)", ["2026-01-30T00:00Z", "2026-02-27T00:00Z", "2026-03-27T00:00Z"]],
    ["cron(0 0 ? * TUE#2 *)", ["2026-01-13T00:00Z", "2026-02-10T00:00Z", "2026-03-10T00:00Z"]],
    ["cron(0 0 ? * 5#5 *)", ["2026-01-29T00:00Z", "2026-04-30T00:00Z", "2026-07-30T00:00Z"]],
    ["cron(0/20 8 * * ? *)", ["2026-01-01T08:00Z", "2026-01-01T08:20Z", "2026-01-01T08:40Z"]],
    ["cron(0 5/9 * * ? *)", ["2026-01-01T05:00Z", "2026-01-01T14:00Z", "2026-01-01T23:00Z"]],
    ["cron(15 10 1,15 JAN-FEB ? *)", ["2026-01-01T10:15Z", "2026-01-15T10:15Z", "2026-02-01T10:15Z"]],
    ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00Z", "2032-02-29T00:00Z", "2036-02-29T00:00Z"]],
    ["cron(0 0 1 1 ? 2027-2028)", ["2027-01-01T00:00Z", "2028-01-01T00:00Z"]],
    ["cron(0 0 1 1 ? 2190)", ["2190-01-01T00:00Z"]],
    ["cron(0 0 31 2 ? *)", []],
    ["cron(0 0 1 1 ? 2020)", []],
  ])("of %s come on the days that a calendar gives", (expression, expected) => {
    expect(runsAfter(expression, "2026-01-01T00:00:00Z")).toEqual(
      // A run at the very instant asked about has begun already.
      expected.filter((run) => run !== "2026-01-01T00:00Z"),
    );
  });

  it("follow the zone's clock over a change to summer time", () => {
    const timezone = "Europe/Berlin";
    expect(runsAfter("cron(0 3 * * ? *)", "2026-03-27T12:00:00Z", { timezone })).toEqual([
      "2026-03-28T02:00Z",
      "2026-03-29T01:00Z",
      "2026-03-30T01:00Z",
    ]);
  });

  it("leave out a wall time that summer time skips", () => {
    const timezone = "Europe/Berlin";
    expect(runsAfter("cron(30 2 * * ? *)", "2026-03-27T12:00:00Z", { timezone, count: 2 })).toEqual([
      "2026-03-28T01:30Z",
      "2026-03-30T00:30Z",
    ]);
  });

  it("count a wall time once that comes twice", () => {
    const timezone = "America/New_York";
    expect(runsAfter("cron(30 1 * * ? *)", "2026-10-31T12:00:00Z", { timezone, count: 2 })).toEqual([
      "2026-11-01T05:30Z",
      "2026-11-02T06:30Z",
    ]);
  });

  it("begin on the zone's own day, on both sides of the date line", () => {
    expect(
      runsAfter("cron(0 0 1 * ? *)", "2026-01-31T12:00:00Z", { timezone: "Pacific/Auckland", count: 1 }),
    ).toEqual(["2026-02-28T11:00Z"]);
    expect(
      runsAfter("cron(0 0 1 * ? *)", "2026-02-01T05:00:00Z", { timezone: "America/Los_Angeles", count: 1 }),
    ).toEqual(["2026-02-01T08:00Z"]);
  });

  it("of a rate keep its distance from a known run, and are unknown without one", () => {
    const parsed = parseSchedule("rate(6 hours)");
    if (!parsed.ok) throw new Error(parsed.message);
    const afterMs = Date.parse("2026-01-01T13:00:00Z");
    const anchorMs = Date.parse("2026-01-01T01:00:00Z");
    const ask = { timezone: "UTC", afterMs, count: 2 };
    expect(nextRuns(parsed.schedule, { ...ask, anchorMs })).toEqual([
      anchorMs + 18 * HOUR_MS,
      anchorMs + DAY_MS,
    ]);
    expect(nextRuns(parsed.schedule, ask)).toEqual([]);
  });
});

describe("nextClockChange", () => {
  it.each([
    [
      "Europe/Berlin",
      "2026-03-01T00:00:00Z",
      "cron(0 3 * * ? *)",
      "2026-03-29T01:00:00.000Z",
      HOUR_MS,
      undefined,
    ],
    [
      "Europe/Berlin",
      "2026-03-01T00:00:00Z",
      "cron(30 2 * * ? *)",
      "2026-03-29T01:00:00.000Z",
      HOUR_MS,
      "left-out",
    ],
    [
      "America/New_York",
      "2026-10-01T00:00:00Z",
      "cron(30 1 ? * SUN *)",
      "2026-11-01T06:00:00.000Z",
      -HOUR_MS,
      "once",
    ],
    [
      "America/New_York",
      "2026-10-01T00:00:00Z",
      "cron(30 1 ? * MON *)",
      "2026-11-01T06:00:00.000Z",
      -HOUR_MS,
      undefined,
    ],
    [
      "Australia/Lord_Howe",
      "2026-09-01T00:00:00Z",
      "cron(0 9 * * ? *)",
      "2026-10-03T15:30:00.000Z",
      HOUR_MS / 2,
      undefined,
    ],
  ])("of %s after %s is known, and what becomes of %s", (timezone, after, expression, at, byMs, run) => {
    const parsed = parseSchedule(expression);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(nextClockChange(parsed.schedule, timezone, Date.parse(after))).toEqual({
      atMs: Date.parse(at),
      byMs,
      run,
    });
  });

  it("is none where the clocks never move", () => {
    const parsed = parseSchedule("cron(0 3 * * ? *)");
    if (!parsed.ok) throw new Error(parsed.message);
    expect(nextClockChange(parsed.schedule, "Asia/Tokyo", 0)).toBeUndefined();
  });
});

describe("canDependenciesChange", () => {
  const arn = (tail: string) => `arn:aws:imagebuilder:eu-west-1:aws:${tail}`;
  it.each([
    [arn("image/amazon-linux-2023-x86/x.x.x"), [], true],
    [arn("image/amazon-linux-2023-x86/2024.x.x"), [], true],
    [arn("image/amazon-linux-2023-x86/2024.1.2"), [], false],
    [arn("image/linux-x86/1.0.0/1"), [arn("component/update-linux/1.0.2/1")], false],
    ["ami-0123456789abcdef0", [arn("component/update-linux/x.x.x")], true],
    ["ami-0123456789abcdef0", [arn("component/xray/1.0.0")], false],
    ["ssm:/aws/service/ami", [], true],
    ["", [arn("component/update-linux/x.x.x")], undefined],
  ])("of %s with %j is %s", (parentImage, arns, expected) => {
    const components = arns.map((componentArn) => ({ componentArn }));
    expect(canDependenciesChange({ parentImage, components })).toBe(expected);
  });
});

describe("parseSchedule", () => {
  it.each([
    ["cron(60 0 * * ? *)", "minute"],
    ["cron(0 24 * * ? *)", "hour"],
    ["cron(0 0 32 * ? *)", "day of month"],
    ["cron(0 0 * 13 ? *)", "month"],
    ["cron(0 0 ? * 8 *)", "day of week"],
    ["cron(0 0 ? * MOX *)", "day of week"],
    ["cron(0 0 ? * MON#6 *)", "day of week"],
    ["cron(0 0 * * ? 1969)", "year"],
    ["cron(0 0 1 * MON *)", "day of week"],
    ["cron(0 0 ? * ? *)", "day of week"],
    ["cron(0/0 0 * * ? *)", "minute"],
    ["cron(1--2 0 * * ? *)", "minute"],
    ["cron(, 0 * * ? *)", "minute"],
    ["cron(0 0 * *)", "cron"],
    ["rate(1 days)", "rate"],
    ["rate(2 day)", "rate"],
    ["rate(0 days)", "rate"],
    ["rate(3 weeks)", "rate"],
    ["", "cron"],
  ])("refuses %s and points at the %s", (expression, field) => {
    expect(parseSchedule(expression)).toMatchObject({ ok: false, field });
  });

  it.each([
    "0 3 * * ? *",
    "cron(0 10 * * ?)",
    "cron(0 0 ? * sat)",
    "cron( 0 3 * * ? *)",
    "cron(0  3 * * ? *)",
    " cron(0 3 * * ? *)",
    "CRON(0 3 * * ? *)",
    "cron(0 3 L-31 * ? *)",
    "cron(0 3 1W,15W * ? *)",
    "cron(0 3 ? * MON#1,TUE#2 *)",
    "cron(/5 3 * * ? *)",
    "cron(0 3 * * ? 2030-2027)",
    "rate(01 days)",
    "rate(1  day)",
  ])("refuses %s, which the page does not have", (expression) => {
    expect(parseSchedule(expression).ok).toBe(false);
  });

  it.each(["cron(0 9 * * SUN *)", "cron(0 9 ? * MON/2 *)", "cron(0 9 ? * L *)"])(
    "takes %s, which AWS takes, and says what its page advises",
    (expression) => {
      expect(parseSchedule(expression)).toMatchObject({ ok: true, warnings: [expect.any(String)] });
    },
  );
});

describe("describeSchedule", () => {
  it.each([
    ["cron(0 3 * * ? *)", "Every day at 03:00, UTC"],
    ["cron(30 2 ? * SUN *)", "Every Sunday at 02:30, UTC"],
    ["cron(0 9,17 ? * MON-FRI *)", "Every working day at 09:00 and 17:00, UTC"],
    ["cron(0 4 ? * TUE,THU *)", "Every Tuesday and Thursday at 04:00, UTC"],
    ["cron(0 0 1 * ? *)", "On the 1st of the month at 00:00, UTC"],
    ["cron(0 0 1,22 JAN,JUL ? *)", "On the 1st and 22nd of the month in January and July at 00:00, UTC"],
    ["cron(0 5 L * ? *)", "On the last day of the month at 05:00, UTC"],
    ["cron(0 5 15W * ? *)", "On the working day nearest to the 15th of the month at 05:00, UTC"],
    ["cron(0 5 ? * TUE#2 *)", "On the second Tuesday of the month at 05:00, UTC"],
    ["cron(0 5 ? * 6L *)", "On the last Friday of the month at 05:00, UTC"],
    ["cron(0 */6 * * ? *)", "Every 6 hours from 00:00, UTC"],
    ["cron(0/15 * * * ? *)", "Every 15 minutes, UTC"],
    ["cron(0 * ? * MON *)", "Every hour, every Monday, UTC"],
    ["cron(0 0 1 1 ? 2027)", "On the 1st of the month in January in 2027 at 00:00, UTC"],
    ["rate(1 day)", "Every day"],
    ["rate(7 days)", "Every 7 days"],
    ["cron(what)", "cron(what)"],
  ])("says %s as %j", (expression, words) => {
    expect(describeSchedule(expression, "UTC")).toBe(words);
  });
});

it("isTimeZone knows IANA names and refuses others", () => {
  expect(isTimeZone("Asia/Seoul")).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
});
