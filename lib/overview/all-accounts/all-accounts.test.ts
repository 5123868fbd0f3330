import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { keepBuilds, makeBuilds } from "@/lib/testing/history-rows";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { findBuilds } from "../find-builds";
import { getAllOverview } from "./get-all-overview";
import { listAllImages } from "./list-all-images";
import { listAllPipelines } from "./list-all-pipelines";
import { listAllWaitingSteps } from "./list-all-waiting-steps";
import { searchAllAccounts } from "./search-all-accounts";

const OTHERS = [
  { id: "other", accountId: "333333333333" },
  { id: "empty", accountId: "444444444444" },
];

describe("all accounts", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole({ others: OTHERS });
    const { orm } = await testConsole.contextOf().database();
    for (const [targetId, pipelines] of [
      ["test", ["web", "db"]],
      ["other", ["web", "api"]],
    ] as const)
      await keepBuilds(
        orm,
        makeBuilds({
          targetId,
          pipelines: [...pipelines],
          count: 60,
          fromMs: testConsole.clock.now() - 61 * 6 * HOUR_MS,
          stepMs: 6 * HOUR_MS,
          timeZone: "UTC",
          seed: 5,
        }),
      );
  }, 60_000);
  afterAll(() => testConsole.close());

  const names = (rows: { target?: string; pipeline?: string; pipelineName?: string; name?: string }[]) =>
    [
      ...new Set(rows.map((row) => `${row.target}/${row.pipeline ?? row.pipelineName ?? row.name}`)),
    ].toSorted();

  it("have one overview, whose rows and sums are those of each account", async () => {
    const ctx = testConsole.contextOf();
    const overview = await getAllOverview({ ctx });
    expect(overview.accounts.map(({ target, pipelines }) => [target, pipelines])).toEqual([
      ["test", 2],
      ["other", 2],
      ["empty", 0],
    ]);
    expect(overview.freshness.pipelines).toBe(4);
    expect(names(overview.activity)).toEqual(["other/api", "other/web", "test/db", "test/web"]);
    expect(overview.totals.succeeded).toBe(
      overview.accounts.reduce((sum, { succeeded }) => sum + succeeded, 0),
    );
    expect(overview.totals.byDay.reduce((sum, { failed }) => sum + failed, 0)).toBe(overview.totals.failed);
    for (const row of overview.attention) expect(["test", "other"]).toContain(row.target);
    expect(overview.totals, "what only AWS knows").not.toHaveProperty("waiting");
    expect(testConsole.calls, "the history alone is asked").toEqual([]);
  });

  it("list the pipelines and images of each", async () => {
    const ctx = testConsole.contextOf();
    const all = ["other/api", "other/web", "test/db", "test/web"];
    expect(names((await listAllPipelines({ ctx })).pipelines)).toEqual(all);
    expect(names((await listAllImages({ ctx })).images)).toEqual(all);
  });

  it("show of each account what the person may see there, and accounts without a grant not at all", async () => {
    const ctx = testConsole.contextOf({ role: "viewer", target: "other", namePrefix: "we" });
    const own = ctx.inTarget("other");
    const overview = await getAllOverview({ ctx: own });
    expect(overview.accounts.map(({ target }) => target)).toEqual(["other"]);
    expect(names(overview.activity)).toEqual(["other/web"]);
    expect(names((await listAllPipelines({ ctx: own })).pipelines)).toEqual(["other/web"]);
    expect(names((await listAllImages({ ctx: own })).images)).toEqual(["other/web"]);
    await expect(getAllOverview({ ctx })).rejects.toThrow("viewer");
  });

  it("are searched for pipelines, builds and AMIs, each with its account", async () => {
    const ctx = testConsole.contextOf();
    const search = async (text: string, who = ctx) =>
      (await searchAllAccounts({ ctx: who, input: { text } })).hits;
    const web = await search("web");
    expect(web.filter(({ kind }) => kind === "pipeline").map(({ target, name }) => [target, name])).toEqual([
      ["test", "web"],
      ["other", "web"],
    ]);
    const { builds } = await findBuilds({ ctx, input: { targets: "all", result: "succeeded" } });
    const made = builds.find(({ target, amis }) => target === "other" && amis.length > 0);
    const [ami] = made?.amis ?? [];
    if (!made || !ami) throw new Error("no build with an AMI");
    expect(await search(ami.amiId)).toContainEqual(
      expect.objectContaining({ kind: "ami", target: "other", name: ami.amiId }),
    );
    const title = `${made.name} ${made.version}/${made.build}`;
    expect(await search(title)).toContainEqual(
      expect.objectContaining({ kind: "image-build", target: "other", name: title }),
    );
    const own = testConsole.contextOf({ role: "viewer", target: "test" });
    expect((await search("web", own)).every(({ target }) => target === "test")).toBe(true);
    expect(await search(ami.amiId, own), "of an account without a grant").toEqual([]);
    expect(await search(" ")).toEqual([]);
  });

  it("are not shown to a person who may see the same of the opened account alone and asks at the same time", async () => {
    const all = testConsole.contextOf({ role: "viewer", target: "*" });
    const own = testConsole.contextOf({ role: "viewer", target: "test" });
    const ask = (ctx: typeof all) => findBuilds({ ctx, input: { targets: "all", pipeline: "api" } });
    const [everywhere, here] = await Promise.all([ask(all), ask(own)]);
    expect(new Set(everywhere.builds.map(({ target }) => target))).toEqual(new Set(["other"]));
    expect(here.builds).toEqual([]);
    expect(here.accounts?.map(({ target }) => target)).toEqual(["test"]);
  });

  it("are asked for a CVE each, and one that does not answer is said", async () => {
    const broken = await startTestConsole({
      others: [
        {
          id: "unreachable",
          accountId: "333333333333",
          roleArn: "arn:aws:iam::333333333333:role/Goldsmith-denied",
        } as never,
      ],
    });
    const input = { targets: "all", by: "cve", q: "CVE-2026-12345" } as const;
    const { unread } = await findBuilds({ ctx: broken.contextOf(), input });
    const asked = broken.calls.filter(({ operation }) => operation === "ListImageScanFindings");
    await broken.close();
    expect(unread?.map(({ target }) => target)).toEqual(["unreachable"]);
    expect(asked.length).toBeGreaterThan(0);
  });

  it("say of an account whose history does not get on why, and show the others", async () => {
    const ctx = testConsole.contextOf();
    const { orm } = await ctx.database();
    const at = new Date(testConsole.clock.now()).toISOString();
    await orm.execute(sql`insert into history_sync (target_id, time_zone, walked_at, updated_at, mistake)
      values ('test', 'UTC', ${at}, ${at}, null), ('other', 'UTC', ${at}, ${at}, 'AWS refused imagebuilder:ListImages.')`);
    testConsole.clock.advance(3_000);
    const { accounts } = await listAllPipelines({ ctx });
    expect(accounts.map(({ target, index, reason }) => [target, index, reason])).toEqual([
      ["test", "current", undefined],
      ["other", "current", "AWS refused imagebuilder:ListImages."],
      ["empty", "off", undefined],
    ]);
  });

  it("say of which account it is not known what waits", async () => {
    const ctx = testConsole.contextOf();
    expect(await listAllWaitingSteps({ ctx })).toEqual({ steps: [], unread: [] });
    const broken = await startTestConsole({
      others: [
        {
          id: "unreachable",
          accountId: "333333333333",
          roleArn: "arn:aws:iam::333333333333:role/Goldsmith-denied",
        } as never,
      ],
      database: await ctx.database(),
    });
    const { steps, unread } = await listAllWaitingSteps({ ctx: broken.contextOf() });
    await broken.close();
    expect(steps).toEqual([]);
    expect(unread.map(({ target }) => target)).toEqual(["unreachable"]);
  });
});
