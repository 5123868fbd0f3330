import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import type { Actor } from "@/lib/core/actor";
import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { keepBuilds, type MadeBuild, makeBuilds } from "@/lib/testing/history-rows";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { addDays, listDays } from "../calendar-day";
import { historyQuestionSchema } from "../schemas";
import { HistoryScope } from "./history-scope";
import { measureDurations } from "./measure-durations";
import { measureSlowerSteps } from "./measure-slower-steps";

const FROM = Date.UTC(2026, 9, 1, 6);
const DAYS = 60;
/** The day, from 0, on which the agent of `web` changes and its step takes three times as long. */
const JUMP = 48;
const range = {
  from: addDays("2026-10-01", 30),
  to: addDays("2026-10-01", DAYS - 1),
  days: 30,
  beforeFrom: "2026-10-01",
  beforeTo: addDays("2026-10-01", 29),
  timeZone: "UTC",
};

/** A successful build a day with one step, whose duration and agent `of` says by day. */
function dailyBuilds(
  targetId: string,
  pipeline: string,
  of: (day: number) => { ms: number; agent: string },
): MadeBuild[] {
  const made = makeBuilds({
    targetId,
    pipelines: [pipeline],
    count: DAYS,
    fromMs: FROM,
    stepMs: DAY_MS,
    timeZone: "UTC",
    seed: 3,
  });
  return made.map((build, day): MadeBuild => {
    const { ms, agent } = of(day);
    return {
      ...build,
      ...{
        result: "succeeded",
        status: "AVAILABLE",
        durationMs: ms,
        recipeVersion: "1.0.0",
        baseAmi: "ami-1",
      },
      components: [{ name: "agent", version: agent }],
      steps: [{ kind: "step", stage: "Build", name: "Apply", durationMs: ms }],
    };
  });
}

const steady = () => ({ ms: 4 * HOUR_MS, agent: "1.0.0" });
const jumps = (day: number) =>
  day < JUMP ? { ms: 60_000, agent: "1.0.0" } : { ms: 180_000, agent: "2.0.0" };
const BUILDS = [
  dailyBuilds("one", "web", jumps),
  // Twice the pipeline with the most build time: nothing of it is slower.
  dailyBuilds("one", "big", steady),
  dailyBuilds("one", "ramp", (day) => ({ ms: 60_000 + day * 5000, agent: "1.0.0" })),
  dailyBuilds("two", "web", jumps),
];

const scopeOf = ({
  targets = "this",
  pipeline,
  actor = LOCAL_ADMINISTRATOR,
}: {
  targets?: "this" | "all";
  pipeline?: string;
  actor?: Actor;
}) => {
  const all = ["one", "two"].map((id) => ({ id, label: id, accountId: "1", region: "r" }));
  const ctx = { actor, targets: all, target: all[0] } as UseCaseContext;
  return HistoryScope.of(ctx, historyQuestionSchema.parse({ targets, pipeline }));
};

describe.each(testEngines())("what got slower, on $name", ({ start }) => {
  let engine: TestEngine;
  let orm: Orm;
  beforeAll(async () => {
    engine = await start();
    ({ orm } = await engine.open());
    for (const builds of BUILDS) await keepBuilds(orm, builds.toReversed());
  }, 120_000);
  afterAll(() => engine.stop());

  const jumped = {
    ...{ pipeline: "web", stage: "Build", name: "Apply" },
    since: { kind: "day", day: addDays("2026-10-01", JUMP) },
    changes: [{ kind: "component", name: "agent", before: "1.0.0", after: "2.0.0" }],
  };

  it("is told pipeline by pipeline: since when, and what changed then", async () => {
    const answer = await measureSlowerSteps(orm, scopeOf({}), range);
    expect(answer).toMatchObject({ nowDays: 7, beforeDays: 53, pipelines: 3, compared: 3, steps: 3 });
    expect(answer.slower.map(({ pipeline, since }) => [pipeline, since.kind])).toEqual([
      ["ramp", "gradual"],
      ["web", "day"],
    ]);
    expect(answer.slower[1]).toMatchObject({ target: "one", ...jumped });
    expect(answer.slower[0]).not.toHaveProperty("changes");
  });

  it("is of one pipeline, of all accounts, and never of what the actor may not see", async () => {
    const one = await measureSlowerSteps(orm, scopeOf({ pipeline: "web" }), range);
    expect(one.slower).toEqual([expect.objectContaining({ target: "one", ...jumped })]);
    const all = await measureSlowerSteps(orm, scopeOf({ targets: "all" }), range);
    expect(all.slower.map(({ target, pipeline }) => `${target}/${pipeline}`).toSorted()).toEqual([
      "one/ramp",
      "one/web",
      "two/web",
    ]);
    const grants: Actor["grants"] = [{ role: "viewer", target: "one", namePrefix: "b" }];
    const few = await measureSlowerSteps(
      orm,
      scopeOf({ targets: "all", actor: { ...LOCAL_ADMINISTRATOR, grants } }),
      range,
    );
    expect(few).toMatchObject({ pipelines: 1, steps: 1, slower: [] });
  });

  it("says nothing of days without builds before", async () => {
    const early = {
      ...range,
      from: "2026-10-01",
      to: "2026-10-05",
      days: 5,
      beforeFrom: "2026-09-26",
      beforeTo: "2026-09-30",
    };
    expect(await measureSlowerSteps(orm, scopeOf({}), early)).toMatchObject({
      pipelines: 3,
      steps: 0,
      slower: [],
    });
  });

  it("does not say that nothing changed where a build of the day was not read", async () => {
    await orm.execute(
      sql`update history_builds set components = null where target_id = 'two' and day = ${jumped.since.day}`,
    );
    const all = await measureSlowerSteps(orm, scopeOf({ targets: "all", pipeline: "web" }), range);
    expect(all.slower.find(({ target }) => target === "one")).toMatchObject(jumped);
    const unread = all.slower.find(({ target }) => target === "two");
    expect(unread).toMatchObject({ since: jumped.since });
    expect(unread).not.toHaveProperty("changes");
  });

  it("stands beside lines of the pipelines with the most build time, and the range before", async () => {
    const answer = await measureDurations(orm, scopeOf({ targets: "all" }), range);
    expect(answer.pipelines.map(({ target, pipeline }) => `${target}/${pipeline}`)).toEqual([
      "one/big",
      "one/ramp",
      "one/web",
      "two/web",
    ]);
    for (const { series } of answer.pipelines)
      expect(series.map(({ day }) => day)).toEqual(listDays(range.from, range.to));
    expect(answer.seriesBefore.map(({ day }) => day)).toEqual(listDays(range.beforeFrom, range.beforeTo));
    const one = await measureDurations(orm, scopeOf({ pipeline: "web" }), range);
    expect(one.pipelines).toEqual([]);
    expect(one.seriesBefore).toHaveLength(30);
  });
});
