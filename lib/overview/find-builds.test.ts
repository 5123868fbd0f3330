import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import type { BuildsToFind } from "@/lib/history/schemas";
import { keepBuilds, type MadeBuild, makeBuilds } from "@/lib/testing/history-rows";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { findBuilds } from "./find-builds";
import { getOverview } from "./get-overview";
import { listImages } from "./list-images";

const COUNT = 400;
let testConsole: TestConsole;
let builds: MadeBuild[];
beforeAll(async () => {
  testConsole = await startTestConsole({ others: [{ id: "other", accountId: "333333333333" }] });
  const make = (targetId: string, seed: number) =>
    makeBuilds({
      targetId,
      pipelines: ["web-base", "web-edge", "db", ""],
      count: COUNT,
      fromMs: testConsole.clock.now() - 60 * DAY_MS,
      stepMs: 3 * HOUR_MS,
      timeZone: "UTC",
      seed,
    });
  builds = [...make("test", 7), ...make("other", 11)];
  const { orm } = await testConsole.contextOf().database();
  for (const target of ["test", "other"])
    await keepBuilds(
      orm,
      builds.filter(({ targetId }) => targetId === target),
    );
}, 180_000);
afterAll(() => testConsole.close());

const viewer = (namePrefix?: string) =>
  testConsole.contextOf({ role: "viewer", target: "*", ...(namePrefix && { namePrefix }) });
const markOf = (build: {
  target?: string;
  targetId?: string;
  name: string;
  version: string;
  build: string;
}) => `${build.target ?? build.targetId} ${build.name} ${build.version}/${build.build}`;

async function walk(ctx: ReturnType<typeof viewer>, input: BuildsToFind) {
  const found: string[] = [];
  const totals = new Set<number>();
  let after: string | undefined;
  do {
    const page = await findBuilds({ ctx, input: { ...input, after } });
    found.push(...page.builds.map(markOf));
    totals.add(page.total);
    after = page.next;
  } while (after);
  return { found, totals: [...totals] };
}

describe("findBuilds", () => {
  it.each<[string, BuildsToFind, (build: MadeBuild) => boolean]>([
    ["all of the target", {}, () => true],
    ["of every target", { targets: "all" }, () => true],
    ["of a pipeline", { pipeline: "web-base" }, ({ pipeline }) => pipeline === "web-base"],
    ["that failed", { result: "failed" }, ({ result }) => result === "failed"],
    [
      "of some days",
      { from: "2026-04-20", to: "2026-04-25" },
      ({ day }) => day >= "2026-04-20" && day <= "2026-04-25",
    ],
    ["by an AMI's ID", { q: "ami-test-123" }, ({ build }) => build.startsWith("123")],
    ["by part of a name, in any case", { q: "WEB-" }, ({ name }) => name.startsWith("web-")],
    [
      "by two words",
      { q: "edge 1.0.0/39" },
      ({ name, build }) => name === "web-edge" && build.startsWith("39"),
    ],
    ["by what no build has", { q: "nothing-like-it" }, () => false],
    ["by a character that SQL knows", { q: "%" }, () => false],
  ])("finds builds %s, newest first, each once over all pages", async (_, input, matches) => {
    const due = builds
      .filter((build) => matches(build) && (input.targets === "all" || build.targetId === "test"))
      .toSorted((a, b) => b.createdAtMs - a.createdAtMs)
      .map(markOf);
    const { found, totals } = await walk(viewer(), input);
    expect(found).toEqual(due);
    expect(totals).toEqual([due.length]);
  });

  it("gives nobody a build of a pipeline that they may not see", async () => {
    const { found } = await walk(viewer("web-"), { targets: "all" });
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((mark) => !mark.includes(" web-"))).toEqual([]);
  });

  it("refuses what is no question", async () => {
    for (const input of [{ result: "good" }, { after: "x" }, { from: "yesterday" }])
      await expect(findBuilds({ ctx: viewer(), input: input as BuildsToFind })).rejects.toThrow();
  });
});

it("the overview is given without builds that AWS has no more", async () => {
  expect(builds.some(({ result }) => result === "running")).toBe(true);
  const overview = await getOverview({ ctx: viewer() });
  expect(overview.running).toEqual([]);
});

describe("listImages", () => {
  it("has a row for each image with its newest build that is good and still there", async () => {
    const { images } = await listImages({ ctx: viewer() });
    const good = builds.filter(
      ({ targetId, result, goneAt }) => targetId === "test" && result === "succeeded" && !goneAt,
    );
    const due = [...new Set(good.map(({ name }) => name))].toSorted().map((name) => {
      const latest = good.findLast((build) => build.name === name);
      return [name, latest?.build, latest?.amis?.[0]?.amiId, latest?.findingsCritical];
    });
    expect(
      images.map(({ name, build, amis, findings }) => [name, build, amis[0]?.amiId, findings?.critical]),
    ).toEqual(due);
  });
});
