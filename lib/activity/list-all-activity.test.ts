import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { keepBuilds, makeBuilds } from "@/lib/testing/history-rows";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { latestOf, listAllActivity } from "./list-all-activity";
import type { ActivityEntry } from "./types";

const entryAt = (id: number, ms: number): ActivityEntry => ({
  id: `build-${id}`,
  kind: "build",
  at: new Date(ms).toISOString(),
  title: "Build",
  outcome: "succeeded",
});

describe("the latest of several accounts", () => {
  /** What happened in each account: instants, and how many of them its page tells. */
  const accounts = fc.array(
    fc.record({ instants: fc.uniqueArray(fc.integer({ min: 0, max: 500 })), told: fc.nat({ max: 40 }) }),
    { maxLength: 6 },
  );

  it("has no gaps: nothing that happened is newer than an entry that is listed, and is not listed itself", () => {
    fc.assert(
      fc.property(accounts, (generated) => {
        const answers = generated.map(({ instants, told }, index) => {
          const whole = instants.toSorted((a, b) => b - a).map((ms, id) => entryAt(id, ms));
          const entries = whole.slice(0, told);
          const isCut = told > 0 && entries.length < whole.length;
          return {
            target: `t${index}`,
            whole: isCut ? whole : entries,
            page: { entries, ...(isCut && { next: "b1" }) },
          };
        });
        const { entries, isCut } = latestOf(answers);
        const keyOf = ({ target, id }: { target: string; id: string }) => `${target} ${id}`;
        const listed = new Set(entries.map(keyOf));
        const oldest = entries.at(-1)?.at ?? "9";
        for (const { target, whole } of answers)
          for (const entry of whole)
            if (!listed.has(keyOf({ target, ...entry }))) {
              expect(entry.at <= oldest).toBe(true);
              expect(isCut).toBe(true);
            }
        expect(entries.map(({ at }) => at)).toEqual(
          entries
            .map(({ at }) => at)
            .toSorted()
            .toReversed(),
        );
      }),
    );
  });
});

describe("the activity of all accounts", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole({
      others: [
        { id: "other", accountId: "333333333333" },
        { id: "empty", accountId: "444444444444" },
      ],
    });
    const { orm } = await testConsole.contextOf().database();
    for (const targetId of ["test", "other"])
      await keepBuilds(
        orm,
        makeBuilds({
          ...{ targetId, pipelines: ["web-base", "db-base"], count: 20, stepMs: HOUR_MS },
          ...{ fromMs: testConsole.clock.now() - 30 * HOUR_MS, timeZone: "UTC", seed: 5 },
        }),
      );
    await testConsole.contextOf().audit.record({
      action: "run-pipeline",
      resource: "web-base",
      result: "succeeded",
    });
  }, 60_000);
  afterAll(() => testConsole.close());

  const seen = async (...grants: Parameters<TestConsole["contextOf"]>) => {
    // As the pages of all accounts open it: in an account that the viewer may see.
    const ctx = testConsole.contextOf(...grants).inTarget("other");
    const { entries, ...limits } = await listAllActivity({ ctx, input: {} });
    const places = entries.map(({ target, kind }) => `${target} ${kind}`);
    return { ...limits, entries, places: [...new Set(places)].toSorted() };
  };

  it("names the account of each entry, and filters as an account's own page does", async () => {
    const { places, unread, entries } = await seen();
    expect(places).toEqual(["other build", "test build", "test change"]);
    expect(unread).toEqual([]);
    expect(entries.every(({ target, href = "" }) => href.startsWith(`/${target}/`))).toBe(true);
    const input = { kind: "build", name: "db-base" } as const;
    const narrowed = await listAllActivity({ ctx: testConsole.contextOf(), input });
    expect(narrowed.entries.length).toBeGreaterThan(0);
    expect(narrowed.entries.filter(({ title }) => !title.includes("db-base"))).toEqual([]);
  });

  it("keeps to the accounts and names that the viewer may see, and says what is left out", async () => {
    const { places, entries, changesHidden } = await seen({
      role: "viewer",
      target: "other",
      namePrefix: "web-",
    });
    expect(places).toEqual(["other build"]);
    expect(entries.filter(({ title }) => title.includes("db-base"))).toEqual([]);
    expect(changesHidden).toEqual({ accounts: 1, of: 1 });
  });
});
