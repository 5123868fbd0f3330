import { afterAll, beforeAll, expect, it } from "vitest";
import { indexBuilds } from "@/lib/testing/index-builds";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { exportFleet } from "./export-fleet";
import { getFleet } from "./get-fleet";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
  await indexBuilds(testConsole);
}, 120_000);
afterAll(() => testConsole.close());

it("tells the demo's groups apart: current, behind, mixed and on their way", async () => {
  const { rows, doubts } = await getFleet({ ctx: testConsole.contextOf() });
  const verdicts = Object.fromEntries(
    rows.map(({ name, behind, mixed }) => [name, [behind.state, mixed.state]]),
  );
  expect(verdicts).toMatchObject({
    "web-prod": ["current", "same"],
    search: ["behind", "same"],
    "web-staging": ["behind", "same"],
    "api-ubuntu": ["current", "mixed"],
    "iis-frontend": ["current", "same"],
    "java-legacy": ["behind", "same"],
    checkout: ["behind", "mixed"],
    "ecs-workers": ["current", "mixed"],
  });
  expect(rows.find(({ name }) => name === "search")?.behind).toMatchObject({ builds: 3 });
  expect(doubts).toEqual([]);
}, 60_000);

it("asks for the AMIs of all instances of a Region in one call", async () => {
  testConsole.clock.advance(120_000);
  const before = testConsole.calls.length;
  await Promise.all(Array.from({ length: 5 }, () => getFleet({ ctx: testConsole.contextOf() })));
  const calls = testConsole.calls.slice(before);
  const asked = calls.filter(({ operation }) => operation === "DescribeInstanceImageMetadata");
  expect(asked.length).toBe(new Set(asked.map(({ region }) => region)).size);
}, 60_000);

it("shows a name prefix its own images only, and says how many are left out", async () => {
  const ctx = testConsole.contextOf({ role: "viewer", target: "*", namePrefix: "web-" });
  const { rows, notVisible } = await getFleet({ ctx });
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(["web-prod", "search", "checkout"]));
  expect(rows.map(({ name }) => name)).not.toContain("java-legacy");
  expect(notVisible.join()).toMatch(/\d+ that run no image you may see/);
}, 60_000);

it("exports a line for each row", async () => {
  const ctx = testConsole.contextOf();
  const [{ rows }, parts] = [await getFleet({ ctx }), await exportFleet({ ctx })];
  let csv = "";
  for await (const part of parts) csv += part;
  expect(csv.trim().split(/\r?\n/)).toHaveLength(rows.length + 1);
}, 60_000);
