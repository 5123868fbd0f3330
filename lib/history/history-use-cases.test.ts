import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { keepBuilds, makeBuilds } from "@/lib/testing/history-rows";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { answerQuestion } from "./answer-question";
import { exportHistoryBuilds } from "./export-history-builds";
import { setFreshnessTarget } from "./set-freshness-target";
import { HISTORY_SHOWS } from "./types";

/** The Americas are a day behind UTC for hours, New Zealand a day ahead; Lord Howe moves its clocks by half an hour. */
const ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Australia/Lord_Howe"];

describe.each(ZONES)("the history's use cases in %s", { timeout: 60_000 }, (timeZone) => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole({ timeZone });
    const { orm } = await testConsole.contextOf().database();
    const builds = makeBuilds({
      targetId: "test",
      pipelines: ["web", "db"],
      count: 80,
      fromMs: testConsole.clock.now() - 81 * 3 * HOUR_MS,
      stepMs: 3 * HOUR_MS,
      timeZone,
      seed: 7,
    });
    await keepBuilds(orm, builds);
  });
  afterAll(() => testConsole.close());

  it("answer every question of an address, also one that is none", async () => {
    const ctx = testConsole.contextOf();
    const dayOf = (epochMs: number) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(epochMs);
    const [today, weekAgo] = [ctx.clock.now(), ctx.clock.now() - 7 * 24 * HOUR_MS].map(dayOf);
    for (const show of HISTORY_SHOWS) {
      const answer = await answerQuestion({ ctx, input: { show, state: { days: "7" } } });
      expect(answer.range).toMatchObject({ days: 7, to: today, beforeTo: weekAgo, timeZone });
    }
    for (const from of ["yesterday", "2026-02-30"])
      await expect(answerQuestion({ ctx, input: { show: "builds", state: { from } } })).rejects.toThrow(
        "A day is written",
      );
    const { range } = await answerQuestion({ ctx, input: { show: "health", state: { from: "0001-01-01" } } });
    expect(range.days).toBe(3660);
  });

  it("show nobody a pipeline that he may not see", async () => {
    const ctx = testConsole.contextOf({ role: "viewer", target: "test", namePrefix: "we" });
    const { pipelines } = await answerQuestion({ ctx, input: { show: "health", state: {} } });
    expect(pipelines.map(({ pipeline }) => pipeline)).toEqual(["web"]);
    const { builds } = await answerQuestion({ ctx, input: { show: "builds", state: { pipeline: "db" } } });
    expect(builds).toEqual([]);
    const stranger = testConsole.contextOf({ role: "viewer", target: "another" });
    await expect(answerQuestion({ ctx: stranger, input: { show: "health", state: {} } })).rejects.toThrow(
      "viewer",
    );
  });

  it("export all builds of a question as CSV and as JSON", async () => {
    const ctx = testConsole.contextOf();
    const text = async (format: "csv" | "json") => {
      let all = "";
      for await (const part of await exportHistoryBuilds({
        ctx,
        input: { format, days: 365, result: "failed" },
      }))
        all += part;
      return all;
    };
    const { total } = await answerQuestion({
      ctx,
      input: { show: "builds", state: { days: "365", result: "failed" } },
    });
    expect(total).toBeGreaterThan(3);
    expect((await text("csv")).trim().split("\r\n")).toHaveLength(total + 1);
    expect(JSON.parse(await text("json"))).toHaveLength(total);
  });

  it("set how old an image may be, for authors only, and on record", async () => {
    const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
    await expect(setFreshnessTarget({ ctx: viewer, input: { name: "web", days: 3 } })).rejects.toThrow(
      "author",
    );
    const ctx = testConsole.contextOf();
    await expect(setFreshnessTarget({ ctx, input: { name: "web", days: 0 } })).rejects.toThrow(
      "At least 1 day",
    );
    await expect(setFreshnessTarget({ ctx, input: { name: "none", days: 3 } })).rejects.toThrow("No builds");
    await setFreshnessTarget({ ctx, input: { name: "web", days: 3 } });
    const { pipelines } = await answerQuestion({ ctx, input: { show: "health", state: {} } });
    expect(pipelines.find(({ pipeline }) => pipeline === "web")).toMatchObject({ freshWithinDays: 3 });
    const rows = await testConsole.auditRows();
    expect(rows.map(({ action, result }) => `${action} ${result}`)).toEqual(
      expect.arrayContaining(["set-freshness-target refused", "set-freshness-target succeeded"]),
    );
  });
});
