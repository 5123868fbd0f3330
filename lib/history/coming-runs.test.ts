import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { answerQuestion } from "./answer-question";

const WEEK_MS = 7 * DAY_MS;

describe("what schedules start within a week", { timeout: 60_000 }, () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole({
      seed: "demo",
      others: [
        { id: "demo", accountId: "111111111111" },
        { id: "away", accountId: "333333333333" },
      ],
    });
  });
  afterAll(() => testConsole.close());

  it("is told of every target asked about, soonest first, each pipeline once a day", async () => {
    const ctx = testConsole.contextOf();
    expect((await answerQuestion({ ctx, input: { show: "coming", state: {} } })).runs).toEqual([]);
    const { runs, unread } = await answerQuestion({
      ctx,
      input: { show: "coming", state: { targets: "all" } },
    });
    expect(unread).toEqual([]);
    expect(new Set(runs.map(({ target }) => target))).toEqual(new Set(["demo"]));
    expect(runs.map(({ firstAt }) => firstAt)).toEqual(runs.map(({ firstAt }) => firstAt).toSorted());
    expect(new Set(runs.map(({ pipeline, day }) => `${pipeline} ${day}`)).size).toBe(runs.length);
    for (const { firstAt } of runs)
      expect(Date.parse(firstAt) - testConsole.clock.now()).toBeLessThan(WEEK_MS);
  });

  it("is told of one pipeline alone, and of none that the actor may not see", async () => {
    const ctx = testConsole.contextOf();
    const { runs: all } = await answerQuestion({ ctx, input: { show: "coming", state: { targets: "all" } } });
    const [first] = all;
    const own = all.filter(({ pipeline }) => pipeline === first?.pipeline);
    const { runs } = await answerQuestion({
      ctx,
      input: { show: "coming", state: { targets: "all", pipeline: first?.pipeline } },
    });
    expect(runs).toEqual(own);
    const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
    expect(
      (await answerQuestion({ ctx: viewer, input: { show: "coming", state: { targets: "all" } } })).runs,
    ).toEqual([]);
  });
});
