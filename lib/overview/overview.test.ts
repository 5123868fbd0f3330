import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { searchResources } from "@/lib/image-builder/search/search-resources";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { dayCells } from "./day-cells";
import { getOverview } from "./get-overview";

describe("dayCells", () => {
  const nowMs = Date.parse("2026-06-10T15:00:00Z");
  const cells = (...builds: [createdAt: string, status: string][]) =>
    dayCells(
      builds.map(([createdAt, status]) => ({ createdAt, status })),
      { nowMs, days: 3 },
    );

  it("count UTC days back from today, today last", () => {
    expect(cells(["2026-06-10T00:00:00Z", "AVAILABLE"])).toEqual(["none", "none", "good"]);
    expect(cells(["2026-06-08T23:59:59Z", "FAILED"])).toEqual(["bad", "none", "none"]);
    expect(cells(["2026-06-07T23:59:59Z", "FAILED"])).toEqual(["none", "none", "none"]);
  });

  it("say what a day was when it had more than one build", () => {
    const day = (...statuses: string[]) =>
      cells(...statuses.map((status): [string, string] => ["2026-06-10T01:00:00Z", status]))[2];
    expect(day("AVAILABLE", "FAILED")).toBe("mixed");
    expect(day("FAILED", "BUILDING")).toBe("running");
    expect(day("CANCELLED")).toBe("none");
    expect(day("CANCELLED", "DEPRECATED")).toBe("good");
  });
});

describe("the demo account", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
  });
  afterAll(() => testConsole.close());

  it("has an overview with what runs, what fails, what is next and what is off", async () => {
    const overview = await getOverview({ ctx: testConsole.contextOf() });
    expect(overview.days).toHaveLength(10);
    for (const { cells } of overview.days) expect(cells).toHaveLength(45);
    expect(overview.running.length).toBeGreaterThan(0);
    for (const build of overview.running)
      expect(build.stages.some(({ state }) => state === "running")).toBe(true);
    expect(overview.failed.length).toBeGreaterThan(0);
    expect(overview.disabled).toHaveLength(1);
    expect(overview.next.map(({ at }) => at)).toEqual(overview.next.map(({ at }) => at).toSorted());
    const { builds, good, bad } = overview.totals;
    expect(good + bad).toBeLessThanOrEqual(builds);
    expect(bad).toBeGreaterThan(0);
  });

  it("asks AWS little more when it is asked again", async () => {
    const ctx = testConsole.contextOf();
    await getOverview({ ctx });
    testConsole.clock.advance(2_500);
    const before = testConsole.calls.length;
    await getOverview({ ctx });
    expect(testConsole.calls.length - before).toBeLessThanOrEqual(10);
  });

  it("is searched by every word, pipelines first", async () => {
    const ctx = testConsole.contextOf();
    const hits = await searchResources({ ctx, input: { text: "WINDOWS 2025" } });
    expect(hits[0]).toMatchObject({ kind: "pipeline", name: "windows-2025-iis" });
    expect(hits.some(({ kind }) => kind === "image-build")).toBe(true);
    expect(await searchResources({ ctx, input: { text: "windows nonsense" } })).toEqual([]);
  });
});
