import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESOURCE_KINDS } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { listResources } from "@/lib/image-builder/resources/list-resources";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { withNews } from "./day-results";
import { getOverview } from "./get-overview";
import { listImageBuilds } from "./list-image-builds";
import { listPipelines } from "./list-pipelines";
import { searchResources } from "./search-resources";

const build = (
  createdAt: string,
  result: "running" | "succeeded" | "failed" | "cancelled",
  wasRunning = false,
) => ({
  createdAt,
  result,
  wasRunning,
});

describe("withNews", () => {
  const day = "2026-06-10";
  const none = { succeeded: 0, failed: 0, cancelled: 0, running: 0 };

  it("counts what the index does not have on the day on which it began, in the console's time zone", () => {
    const late = build("2026-06-09T23:30:00Z", "failed");
    expect(withNews([], [late], "UTC")).toEqual([{ ...none, day: "2026-06-09", failed: 1 }]);
    expect(withNews([], [late], "Europe/Berlin")).toEqual([{ ...none, day, failed: 1 }]);
  });

  it("takes a build that has ended since out of those that run", () => {
    const known = [{ ...none, day, succeeded: 2, running: 1 }];
    const ended = build("2026-06-10T01:00:00Z", "succeeded", true);
    expect(withNews(known, [ended], "UTC")).toEqual([{ ...none, day, succeeded: 3 }]);
    expect(known[0]?.running, "what all share is not changed").toBe(1);
  });
});

describe("the demo account", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
  }, 180_000);
  afterAll(() => testConsole.close());

  it("has an overview with what runs, what needs somebody, once a pipeline, and what is next", async () => {
    const { days, activity, running, attention, next, nextLeft, totals, freshness } = await getOverview({
      ctx: testConsole.contextOf(),
    });
    expect(days).toHaveLength(45);
    expect(activity).toHaveLength(10);
    for (const each of activity) for (const { day } of each.days) expect(days).toContain(day);
    expect(running.length).toBeGreaterThan(0);
    for (const build of running) expect(build.stages.some(({ state }) => state === "running")).toBe(true);
    const kinds = attention.map(({ kind }) => kind);
    expect(kinds).toContain("failing");
    expect(kinds.filter((kind) => kind === "disabled")).toHaveLength(1);
    const names = attention.map(({ pipelineName }) => pipelineName);
    expect(names).toEqual([...new Set(names)]);
    expect(next.map(({ at }) => at)).toEqual(next.map(({ at }) => at).toSorted());
    const scheduled = (await listPipelines({ ctx: testConsole.contextOf() })).pipelines.filter(
      ({ nextRunAt }) => nextRunAt,
    );
    expect(next.length + nextLeft).toBe(scheduled.length);
    expect(nextLeft).toBeGreaterThan(0);
    expect(totals.failed).toBeGreaterThan(0);
    expect(totals.failing).toBeGreaterThanOrEqual(kinds.filter((kind) => kind === "failing").length);
    expect(totals.stale).toBeGreaterThanOrEqual(kinds.filter((kind) => kind === "stale").length);
    expect(freshness).toMatchObject({ index: "off", unread: 0, pipelines: 10, reasons: [] });
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
    const { hits, unread } = await searchResources({ ctx, input: { text: "WINDOWS 2025" } });
    expect(hits[0]).toMatchObject({ kind: "pipeline", name: "windows-2025-iis" });
    expect(hits.some(({ kind }) => kind === "image-build")).toBe(true);
    expect(unread).toEqual([]);
    const nothing = await searchResources({ ctx, input: { text: "windows nonsense" } });
    expect(nothing).toEqual({ hits: [], unread: [] });
  });

  it.each([...RESOURCE_KINDS])("is searched for a %s by its name", async (kind) => {
    const ctx = testConsole.contextOf();
    const [one] = await listResources({ ctx, input: { kind } });
    // The demo may have none of a kind; then nothing is found by the kind's name alone.
    const { hits } = await searchResources({ ctx, input: { text: one?.name ?? KIND_FACTS[kind].one } });
    const wanted = kind === "image-pipeline" ? { kind: "pipeline" } : { kind: "resource", of: kind };
    const found = hits.filter((hit) => hit.name === one?.name);
    expect(found).toEqual(one ? expect.arrayContaining([expect.objectContaining(wanted)]) : []);
  });

  it("is searched by an AMI ID and by a build's number", async () => {
    const ctx = testConsole.contextOf();
    const { hits: builds } = await searchResources({ ctx, input: { text: "windows", only: "builds" } });
    expect(new Set(builds.map(({ kind }) => kind))).toEqual(new Set(["image-build"]));
    const made = (await listImageBuilds({ ctx })).find(({ amis }) => amis.length > 0);
    if (!made?.amis[0]) throw new Error("no build with an AMI");
    const { hits } = await searchResources({ ctx, input: { text: made.amis[0].amiId } });
    const title = `${made.name} ${made.version}/${made.build}`;
    expect(hits[0]).toMatchObject({ kind: "ami", name: made.amis[0].amiId, detail: `${title}, us-east-1` });
    const byNumber = await searchResources({ ctx, input: { text: title } });
    expect(byNumber.hits[0]).toMatchObject({ kind: "image-build", name: title });
  });
});
