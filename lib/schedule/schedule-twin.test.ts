import { expect, it } from "vitest";
import { nextScheduledRuns, readSchedule } from "@/simulator/testing";
import { nextRuns } from "./next-runs";
import { parseSchedule } from "./parse-schedule";

const FROM_MS = Date.UTC(2026, 10, 21, 10, 30);
const RUNS = 4;

/**
 * What a field may hold by the table of wildcards, and what comes close to it and is refused.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/cron-expressions.html
 */
const FIELDS = [
  "* 0 59 60 5/10 */7 50-5 1-5/2 1,2 1,2,1 55/2,3 ? 0/0 0/-1 1/ /5 1- -1 a 1.5 1--2 1/2/3 L W , *,5 *-5 007",
  "* 0 23 24 22-4 22-4/3 20/2 */5 1,13 L ? 5-",
  "* ? 1 31 32 0 L LW L-1 L-3 L-30 L-31 L-0 1W 15W 31W 32W 0W 1,L L,1 1/7 28-3 1,15 W l lw 15w WL #1",
  "* JAN oct-feb 13 0 JAN/3 1-3,6 january jan,JUL ? L 11-2 SUN",
  "* ? 1 7 8 0 L 2L friL FRIl L2 6#5 6#6 6#0 tue#1 #1 fri-mon MON-FRI 6-2 mon,wed 2,L L-1 2W 1# MONDAY JAN",
  "* 2026 1970 1969 2199 2200 2026/4 2030-2028 2026-2028,2030 2026/ ? L 2028-2199/3",
].map((values) => values.split(" "));
/** Each field is tried in every day, on Mondays and in leap years. */
const AROUND = ["0 0 * * ? *", "30 6 ? * MON *", "15 */6 29 2 ? 2028-2199"].map((text) => text.split(" "));
const WHOLE = [
  "cron(0 0 * * * *)",
  "cron(0 0 * * SUN *)",
  "cron(0 0 1 * MON *)",
  "cron(0 0 ? * ? *)",
  "cron(0 0 * * *)",
  "cron(0 0 * * ? * *)",
  "cron(0  0 * * ? *)",
  "cron( 0 0 * * ? *)",
  "cron(0 0 * * ? * )",
  " cron(0 0 * * ? *)",
  "cron()",
  "0 0 * * ? *",
  "cron(0 0 31 2 ? *)",
  ...[
    "1 day",
    "1 days",
    "2 days",
    "2 day",
    "0 days",
    "-1 days",
    "1.5 hours",
    "01 days",
    "12 hours",
    "1 week",
  ].map((rate) => `rate(${rate})`),
  "rate(9007199254740 minutes)",
  "rate(9007199254740993 days)",
];

function* expressions(): Generator<string> {
  yield* WHOLE;
  for (const around of AROUND) {
    for (const [index, values] of FIELDS.entries()) {
      for (const value of values) {
        const fields = around.with(index, value);
        if (index === 2 && value !== "?" && value !== "*") fields[4] = "?";
        if (index === 4 && value !== "?" && value !== "*") fields[2] = "?";
        yield `cron(${fields.join(" ")})`;
      }
    }
  }
}

// The two were written apart from AWS's page, so that neither shares the other's mistakes.
it("reads each expression as the simulator does: the same are taken, and run at the same moments", () => {
  let taken = 0;
  for (const expression of expressions()) {
    const parsed = parseSchedule(expression);
    expect(readSchedule(expression).ok, expression).toBe(parsed.ok);
    if (!parsed.ok) continue;
    taken++;
    // Without a change of clocks: how a skipped hour is treated is tested on each side.
    for (const timezone of ["UTC", "Asia/Kolkata", "Pacific/Kiritimati"]) {
      const own = nextRuns(parsed.schedule, { timezone, afterMs: FROM_MS, anchorMs: FROM_MS, count: RUNS });
      const runs = nextScheduledRuns(expression, timezone, FROM_MS, RUNS);
      expect(own.map(isoOf), `${expression} ${timezone}`).toEqual(runs.map(isoOf));
    }
  }
  expect(taken).toBeGreaterThan(150);
});

const isoOf = (ms: number) => new Date(ms).toISOString();
