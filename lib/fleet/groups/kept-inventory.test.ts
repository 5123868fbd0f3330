import { AutoScalingClient, DeleteAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { DAY_MS, MINUTE_MS } from "@/lib/core/time";
import { indexBuilds } from "@/lib/testing/index-builds";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { recordWrite } from "@/lib/use-case/record-write";
import { exportFleet } from "./export-fleet";
import { getFleet } from "./get-fleet";
import { refreshViewed } from "./keep-inventories";
import type { Fleet } from "./types";

let testConsole: TestConsole;
let scaling: AutoScalingClient;
beforeAll(async () => {
  testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
  await indexBuilds(testConsole);
  scaling = new AutoScalingClient({
    endpoint: testConsole.simulatorUrl,
    region: testConsole.target.region,
    credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
  });
}, 120_000);
afterEach(() => setTrouble({}));
afterAll(async () => {
  scaling.destroy();
  await testConsole.close();
});

const look = () => getFleet({ ctx: testConsole.contextOf() });
const advance = (ms: number) => testConsole.clock.advance(ms);
const readAgain = () => refreshViewed(testConsole.runtime);

async function setTrouble(trouble: { errors?: Record<string, string> }): Promise<void> {
  const url = `${testConsole.simulatorUrl}/_simulator/trouble?account=${testConsole.target.accountId}`;
  const { ok } = await fetch(url, { method: "PUT", body: JSON.stringify(trouble) });
  expect(ok).toBe(true);
}

async function callsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const before = testConsole.calls.length;
  await work();
  return testConsole.calls.slice(before).map(({ operation }) => operation);
}

/** What each source's failure is called, by the calls that are refused. */
const SOURCES: Record<string, string> = {
  "ec2:DescribeInstanceImageMetadata": "The AMIs of instances",
  "ec2:DescribeLaunchTemplateVersions": "Launch templates",
  "autoscaling:DescribeAutoScalingGroups": "Auto Scaling groups",
  "autoscaling:DescribeLaunchConfigurations": "Launch configurations",
  "ssm:GetParameters": "Parameters of launch templates",
};

it("opens with what is kept, asks AWS for nothing, and says how old it is", async () => {
  const first = await look();
  advance(MINUTE_MS / 2);
  // On record, and no change.
  await testConsole
    .contextOf()
    .audit.record({ action: "run-preflight", resource: "web", result: "succeeded" });
  const calls = await callsDuring(async () => expect(await look()).toEqual(first));
  expect(calls).toEqual([]);
  expect(first.readAt).toBe(new Date(testConsole.clock.now() - MINUTE_MS / 2).toISOString());
}, 60_000);

it("goes on showing, after any failures of sources, what each last said, with its age", async () => {
  await look();
  const failures = fc.uniqueArray(fc.constantFrom(...Object.keys(SOURCES)), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(failures, async (refused) => {
      await setTrouble({});
      advance(11 * MINUTE_MS);
      await readAgain();
      const whole = await look();
      expect(whole.doubts).toEqual([]);
      await setTrouble({
        errors: Object.fromEntries(refused.map((action) => [action, "UnauthorizedOperation"])),
      });
      advance(11 * MINUTE_MS);
      await readAgain();
      const after = await look();
      expect(shown(after)).toEqual(shown(whole));
      for (const action of refused) {
        const ofSource = after.doubts.filter((doubt) => doubt.startsWith(SOURCES[action] ?? action));
        expect(ofSource.length).toBeGreaterThan(0);
        for (const doubt of ofSource) expect(doubt).toMatch(/could not be read\..+ Shown as of .+ UTC\.$/);
      }
      for (const [action, name] of Object.entries(SOURCES))
        if (!refused.includes(action)) expect(after.doubts.join("\n")).not.toContain(`${name} in`);
    }),
    { numRuns: 8 },
  );
}, 120_000);

/** Groups whose servers the simulator's own refreshes replace meanwhile tell of other instances. */
const shown = ({ rows }: Fleet) =>
  rows.map(({ name, kind, follows, starts }) => ({ name, kind, follows, starts }));

it("waits for AWS after the console wrote to the target", async () => {
  await look();
  advance(MINUTE_MS / 2);
  const ctx = testConsole.contextOf();
  await recordWrite(ctx, "start-roll-out", { resource: "java-legacy" }, async () => {
    await scaling.send(
      new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: "java-legacy", ForceDelete: true }),
    );
    return { value: undefined };
  });
  advance(1_001);
  const { rows } = await look();
  expect(rows.map(({ name }) => name)).not.toContain("java-legacy");
}, 60_000);

it("has one viewer of many start the next reading, and shows what is kept meanwhile", async () => {
  advance(MINUTE_MS);
  await look();
  advance(5 * MINUTE_MS);
  const calls = await callsDuring(async () => {
    await Promise.all(Array.from({ length: 5 }, look));
    // It began behind the page; a file waits for the same reading.
    await exportFleet({ ctx: testConsole.contextOf() });
  });
  const regions = new Set(testConsole.calls.map(({ region }) => region)).size;
  expect(calls.filter((one) => one === "DescribeInstanceImageMetadata").length).toBeLessThanOrEqual(regions);
}, 60_000);

it("is read again by one replica of two whose pages are open", async () => {
  const { accountId } = testConsole.target;
  const database = await testConsole.runtime.database();
  const other = await startTestConsole({ accountId, endpoint: testConsole.simulatorUrl, database });
  const replicas = [testConsole, other];
  const lookAtBoth = () => Promise.all(replicas.map((one) => getFleet({ ctx: one.contextOf() })));
  try {
    other.clock.advance(testConsole.clock.now() - other.clock.now());
    await exportFleet({ ctx: testConsole.contextOf() });
    for (const { clock } of replicas) clock.advance(5 * MINUTE_MS);
    const before = replicas.map(({ calls }) => calls.length);
    const [old] = await lookAtBoth();
    await expect
      .poll(
        async () => {
          for (const { clock } of replicas) clock.advance(1_001);
          return (await lookAtBoth()).every(({ readAt }) => readAt !== old?.readAt);
        },
        // Looking more often, a minute of the clock would be over before a slow reading, and another one due.
        { interval: 600 },
      )
      .toBe(true);
    const readings = replicas.flatMap(({ calls }, index) =>
      calls.slice(before[index]).filter(({ operation }) => operation === "DescribeInstanceImageMetadata"),
    );
    expect(readings.length).toBe(new Set(readings.map(({ region }) => region)).size);
  } finally {
    await other.close();
  }
}, 60_000);

it("reads again by itself what somebody looked at within a day, and nothing else", async () => {
  await look();
  advance(MINUTE_MS);
  expect(await callsDuring(readAgain)).toEqual([]);
  advance(11 * MINUTE_MS);
  expect(await callsDuring(readAgain)).toContain("DescribeInstanceImageMetadata");
  advance(DAY_MS + MINUTE_MS);
  expect(await callsDuring(readAgain)).toEqual([]);
}, 60_000);

it("keeps one inventory, and shows each viewer what they may see of it", async () => {
  await exportFleet({ ctx: testConsole.contextOf() });
  const team = testConsole.contextOf({ role: "viewer", target: "*", namePrefix: "web-" });
  const [all, part] = [await look(), await getFleet({ ctx: team })];
  expect(part.readAt).toBe(all.readAt);
  expect(part.rows.length).toBeGreaterThan(0);
  expect(part.rows.length).toBeLessThan(all.rows.length);
  expect(part.notVisible.join()).toMatch(/\d+ that run no image you may see/);
}, 60_000);
