import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permits } from "@/lib/auth/permissions";
import { nameInArn } from "@/lib/core/arn";
import { normalizeName } from "@/lib/core/name-rule";
import { HOUR_MS } from "@/lib/core/time";
import { rollOuts } from "@/lib/db/roll-out-schema";
import { keepBuilds, makeBuilds } from "@/lib/testing/history-rows";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { listActivity } from "./list-activity";
import type { ActivityEntry, ActivityFilter } from "./types";

const NAMES = ["web-base", "Web_Edge", "wide", "db-base", "db%", "ci"];
const STATUSES = ["Successful", "Failed", "Cancelled", "RollbackSuccessful", "Not known"];

let testConsole: TestConsole;
let all: ActivityEntry[];
/** Names that an entry's grants are held against, by the entry's ID. */
const about = new Map<string, string[]>();
beforeAll(async () => {
  testConsole = await startTestConsole();
  const ctx = testConsole.contextOf();
  const { orm } = await ctx.database();
  const nowMs = ctx.clock.now();
  const fromMs = nowMs - 20 * HOUR_MS;
  const builds = makeBuilds({
    ...{ targetId: "test", pipelines: NAMES, count: 150, fromMs, stepMs: HOUR_MS / 10 },
    ...{ timeZone: "UTC", seed: 5 },
  });
  await keepBuilds(orm, builds);
  await keepBuilds(orm, makeBuilds({ ...HIDDEN, fromMs }));
  for (const [index, name] of [...NAMES, ...NAMES].entries()) {
    testConsole.clock.advance(1);
    await ctx.audit.record({
      action: "run-pipeline",
      resource: index % 2 ? name : arnOf(name),
      result: index % 3 ? "succeeded" : "refused",
    });
    // On record, and no change: it is none of the twelve.
    await ctx.audit.record({ action: "run-preflight", resource: name, result: "succeeded" });
    await orm.insert(rollOuts).values(rollOutOf(index, [name, NAMES[(index + 1) % NAMES.length] ?? ""]));
  }
  await orm.insert(rollOuts).values({ ...rollOutOf(99, [""]), endedAt: null });
  all = await pages(ctx, {});
  for (const row of await testConsole.auditRows())
    about.set(`change-${row.sequence}`, [nameInArn(row.resource ?? "")]);
  for (const row of await orm.select().from(rollOuts))
    about.set(`roll-out-${row.id}`, ["", ...(row.imageNames as string[])]);
  for (const entry of all)
    if (entry.kind === "build") about.set(entry.id, [/^Build (.+) \S+$/.exec(entry.title)?.[1] ?? ""]);
}, 60_000);
afterAll(() => testConsole.close());

const HIDDEN = {
  ...{ targetId: "elsewhere", pipelines: ["web-base"], count: 5, stepMs: HOUR_MS },
  ...{ timeZone: "UTC", seed: 6 },
};
const arnOf = (name: string) =>
  `arn:aws:imagebuilder:us-east-1:222222222222:image-pipeline/${normalizeName(name)}`;

function rollOutOf(index: number, imageNames: string[]) {
  const at = new Date(testConsole.clock.now() - index * HOUR_MS);
  const start = { version: index, amiId: "ami-00000000" };
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    ...{ targetId: "test", region: "us-east-1", groupName: `group-${index}`, startedAt: at, endedAt: at },
    ...{ startedById: "ana", startedBy: "Ana", before: start, after: start, preferences: {}, instances: [] },
    ...{ imageNames, status: STATUSES[index % STATUSES.length] ?? "", percentage: 100 },
  };
}

/** All entries, page by page. */
async function pages(ctx: UseCaseContext, filter: ActivityFilter): Promise<ActivityEntry[]> {
  const found: ActivityEntry[] = [];
  let from: string | undefined;
  do {
    const page = await listActivity({ ctx, input: { ...filter, from } as never });
    found.push(...page.entries);
    from = page.next;
  } while (from !== undefined);
  return found;
}

describe("the activity", { timeout: 60_000 }, () => {
  it("has what ended and what was changed, latest first, page by page without gap or repetition", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(all.length).toBeGreaterThan(150);
    for (const kind of ["change", "roll-out"])
      expect(all.filter((entry) => entry.kind === kind)).toHaveLength(12);
    expect(all.some(({ title }) => title.includes("group-99"))).toBe(false);
  });

  it("shows what each filter says, and only that", async () => {
    const ctx = testConsole.contextOf();
    for (const kind of ["change", "build", "roll-out"])
      expect(await pages(ctx, { kind })).toEqual(all.filter((entry) => entry.kind === kind));
    for (const outcome of ["succeeded", "failed", "canceled", "rolled back", "refused", "not known"])
      expect(await pages(ctx, { outcome })).toEqual(all.filter((entry) => entry.outcome === outcome));
    expect(await pages(ctx, { who: "ana" })).toEqual(all.filter(({ who }) => /ana/i.test(who ?? "")));
    const named = await pages(ctx, { name: "DB%" });
    expect(named.length).toBeGreaterThan(0);
    for (const { title } of named) expect(title).toMatch(/db%/);
    expect((await pages(ctx, { kind: "", who: "", outcome: "", name: "" })).length).toBe(all.length);
  });

  it("refuses a filter or a page that makes no sense, with the reason", async () => {
    const ctx = testConsole.contextOf();
    const ask = (input: Record<string, string>) => listActivity({ ctx, input: input as never });
    await expect(ask({ kind: "meal" })).rejects.toThrow("change, build, or roll-out");
    await expect(ask({ outcome: "good" })).rejects.toThrow("succeeded");
    await expect(ask({ from: "b1" })).rejects.toThrow("This page does not exist");
    await expect(ask({ who: "a".repeat(301) })).rejects.toThrow("300");
  });

  it("leaves changes to those who may read the audit, and says so", async () => {
    const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
    const page = await listActivity({ ctx: viewer, input: {} });
    expect(page.changesHidden).toContain("role admin");
    expect(await pages(viewer, {})).toEqual(all.filter(({ kind }) => kind !== "change"));
    const { changesHidden } = await listActivity({ ctx: testConsole.contextOf(), input: {} });
    expect(changesHidden).toBeUndefined();
  });

  it("shows everybody what their grants cover, and nothing else", async () => {
    const grants = fc.array(
      fc.record({
        role: fc.constantFrom("viewer" as const, "admin" as const),
        target: fc.constantFrom("test", "elsewhere"),
        namePrefix: fc.constantFrom("w", "WEB_", "web-base", "db", "db%", "c", "i", ""),
      }),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(grants, async (given) => {
        const ctx = testConsole.contextOf(...given, { role: "viewer", target: "test", namePrefix: "none" });
        const permitted = all.filter(({ id, kind }) =>
          (about.get(id) ?? []).some((name) =>
            permits(ctx.actor, kind === "change" ? "list-audit-rows" : "get-image-build", "test", name),
          ),
        );
        expect((await pages(ctx, {})).map(({ id }) => id)).toEqual(permitted.map(({ id }) => id));
      }),
      { numRuns: 40 },
    );
  });
});
