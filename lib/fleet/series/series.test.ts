import { DescribeInstanceRefreshesCommand } from "@aws-sdk/client-auto-scaling";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { rollOutSeries, rollOuts } from "@/lib/db/roll-out-schema";
import { createSampleGroup, type SampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { cancelRollOut } from "../roll-outs/cancel-roll-out";
import { continueRollOut } from "../roll-outs/continue-roll-out";
import { previewRollOut } from "../roll-outs/preview-roll-out";
import { returnRollOut } from "../roll-outs/return-roll-out";
import { startRollOut } from "../roll-outs/start-roll-out";
import type { RollOutPreferences } from "../roll-outs/types";
import { settleOpen } from "../roll-outs/watch-roll-outs";
import { advanceSeries } from "./advance-series";
import { continueRollOutSeries } from "./continue-roll-out-series";
import { endRollOutSeries } from "./end-roll-out-series";
import { getRollOutSeries } from "./get-roll-out-series";
import { skipSeriesGroup } from "./skip-series-group";
import { startRollOutSeries } from "./start-roll-out-series";
import type { Gate, SeriesView } from "./types";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
}, 240_000);
afterAll(() => testConsole.close());

const PERSON: Gate = { by: "person" };
const after = (minutes: number): Gate => ({ by: "time", minutes });

let made = 0;
const connection = () => ({
  endpoint: testConsole.simulatorUrl,
  accountId: testConsole.target.accountId,
  region: "us-east-1",
});
const createGroups = (count: number): Promise<SampleGroup[]> =>
  Promise.all(
    Array.from({ length: count }, () => createSampleGroup(connection(), { name: `web-${++made}`, count: 2 })),
  );
const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => "done",
    (error: { detail?: { code: string } }) => error.detail?.code ?? String(error),
  );

async function planOf(groups: SampleGroup[], gates: Gate[], over: Partial<RollOutPreferences> = {}) {
  const planned = [];
  for (const [index, { name }] of groups.entries()) {
    const key = { region: "us-east-1", group: name };
    const { defaults } = await previewRollOut({ ctx: testConsole.contextOf(), input: key });
    planned.push({
      ...key,
      to: { version: 2 },
      pin: false,
      preferences: { ...defaults, ...over },
      gate: gates[index] ?? PERSON,
    });
  }
  return { groups: planned };
}
const start = async (groups: SampleGroup[], gates: Gate[], over: Partial<RollOutPreferences> = {}) =>
  (
    await startRollOutSeries({
      ctx: testConsole.contextOf(),
      input: await planOf(groups, gates, over),
    })
  ).id;
/** What the watcher does at a look. */
async function look(advanceMs = 0): Promise<void> {
  testConsole.clock.advance(advanceMs);
  const database = await testConsole.runtime.database();
  await settleOpen(testConsole.runtime, database);
  await advanceSeries(testConsole.runtime, database);
}
const view = (id: string): Promise<SeriesView> => {
  // Equal reads share their answer for a moment of the console's clock.
  testConsole.clock.advance(3_000);
  return getRollOutSeries({ ctx: testConsole.contextOf(), input: { id } });
};
const statesOf = ({ parts }: SeriesView) => parts.map(({ state }) => state).join(" ");
const refreshesOf = async ({ scaling, name }: SampleGroup) =>
  (await scaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name })))
    .InstanceRefreshes ?? [];

it("goes through its gates by time and by a person to the end", async () => {
  const groups = await createGroups(3);
  const id = await start(groups, [PERSON, after(30), PERSON]);
  expect(await view(id)).toMatchObject({ state: { is: "running", position: 0 } });
  await look(HOUR_MS);
  expect(statesOf(await view(id))).toBe("succeeded queued queued");
  await look(29 * MINUTE_MS);
  expect(await view(id)).toMatchObject({ state: { is: "waiting", position: 1 } });
  await look(2 * MINUTE_MS);
  expect(statesOf(await view(id))).toBe("succeeded running queued");
  await look(HOUR_MS);
  await look(24 * HOUR_MS);
  expect(await view(id)).toMatchObject({ state: { is: "waiting", position: 2 } });
  await continueRollOutSeries({ ctx: testConsole.contextOf(), input: { id, position: 2 } });
  await look(HOUR_MS);
  expect(await view(id)).toMatchObject({ state: { is: "done" } });
  for (const group of groups) expect(await refreshesOf(group)).toHaveLength(1);
  const rows = (await testConsole.auditRows()).filter(({ resource }) => resource?.startsWith("web-"));
  expect(rows.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
    "start-roll-out-series web-1",
    "start-roll-out web-1",
    "start-roll-out web-2",
    "start-roll-out web-3",
  ]);
}, 240_000);

it("goes on however many others are open that cannot", async () => {
  const { orm } = await testConsole.runtime.database();
  const begun = { targetId: "gone", startedAt: new Date(0), startedById: "x", startedBy: "X" };
  const ids = Array.from(
    { length: 60 },
    (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`,
  );
  await orm.insert(rollOutSeries).values(ids.map((id) => ({ ...begun, id, starterSeenAt: new Date(0) })));
  await orm.insert(rollOuts).values(
    ids.map((id) => ({
      ...{ ...begun, id, region: "us-east-1", groupName: `group ${id}`, status: "InProgress", percentage: 0 },
      ...{ before: {}, after: {}, preferences: {}, instances: [], imageNames: [] },
    })),
  );
  const id = await start(await createGroups(2), [PERSON, after(0)]);
  await look(HOUR_MS);
  await look();
  await look(24 * HOUR_MS);
  expect(statesOf(await view(id))).toBe("succeeded succeeded");
}, 240_000);

it("stops where a group is canceled, and goes on from there when the person says so", async () => {
  const groups = await createGroups(3);
  const id = await start(groups, [PERSON, after(0), after(0)], { checkpointPercentages: [50, 100] });
  testConsole.clock.advance(MINUTE_MS);
  const first = (await view(id)).parts[0];
  const rollOutId = first && !first.isHidden && first.rollOutId ? first.rollOutId : "";
  const ctx = testConsole.contextOf();
  await cancelRollOut({ ctx, input: { id: rollOutId } });
  await look(MINUTE_MS);
  await look(24 * HOUR_MS);
  expect(await view(id)).toMatchObject({ state: { is: "stopped", position: 0 } });
  expect(await refreshesOf(groups[1] as SampleGroup)).toEqual([]);
  expect(await codeOf(continueRollOutSeries({ ctx, input: { id, position: 1 } }))).toBe("conflict");
  await continueRollOutSeries({ ctx, input: { id, position: 0 } });
  await look(24 * HOUR_MS);
  expect(statesOf(await view(id))).toBe("succeeded running queued");
  await look(24 * HOUR_MS);
  await look(24 * HOUR_MS);
  expect(await view(id)).toMatchObject({ state: { is: "done" } });
}, 240_000);

it("takes a canceled roll-out that is continued from its own page for the same group's", async () => {
  const groups = await createGroups(2);
  const id = await start(groups, [PERSON, PERSON], { checkpointPercentages: [50, 100] });
  await look(MINUTE_MS);
  const [first] = (await view(id)).parts;
  const rollOutId = first && !first.isHidden && first.rollOutId ? first.rollOutId : "";
  await continueRollOut({ ctx: testConsole.contextOf(), input: { id: rollOutId } });
  expect(statesOf(await view(id))).toBe("running queued");
  await look(HOUR_MS);
  expect(statesOf(await view(id))).toBe("succeeded queued");
}, 240_000);

it("stops where a group that had succeeded is returned to the version before", async () => {
  const groups = await createGroups(2);
  const id = await start(groups, [PERSON, after(60)]);
  await look(30 * MINUTE_MS);
  const [first] = (await view(id)).parts;
  const rollOutId = first && !first.isHidden && first.rollOutId ? first.rollOutId : "";
  await returnRollOut({ ctx: testConsole.contextOf(), input: { id: rollOutId } });
  await look(24 * HOUR_MS);
  await look(24 * HOUR_MS);
  expect(await view(id)).toMatchObject({
    state: { is: "stopped", position: 0 },
    parts: [{ state: "failed", reason: "It was returned to the version before." }, { state: "queued" }],
  });
  await skipSeriesGroup({ ctx: testConsole.contextOf(), input: { id, position: 0 } });
  await look(24 * HOUR_MS);
  expect((await view(id)).state, "a gate by time needs a success before it").toMatchObject({
    is: "waiting",
    position: 1,
    because: "The previous group was skipped.",
  });
  await endRollOutSeries({ ctx: testConsole.contextOf(), input: { id } });
  expect(statesOf(await view(id))).toBe("skipped left");
  expect(await refreshesOf(groups[1] as SampleGroup)).toEqual([]);
}, 240_000);

it("lets one of two people start, whoever plans the same group or presses the same button", async () => {
  const groups = await createGroups(3);
  const [one, two, three] = groups as [SampleGroup, SampleGroup, SampleGroup];
  const answers = await Promise.all([codeOf(start([one, two], [])), codeOf(start([two, three], []))]);
  expect(answers.toSorted()).toEqual(["conflict", "done"]);

  const others = await createGroups(2);
  const id = await start(others, [PERSON, PERSON]);
  const alone = await planOf(others, []);
  const { gate: _, ...input } = alone.groups[1] as (typeof alone.groups)[number];
  expect(await codeOf(startRollOut({ ctx: testConsole.contextOf(), input }))).toBe("conflict");
  await look(HOUR_MS);
  const step = () =>
    codeOf(continueRollOutSeries({ ctx: testConsole.contextOf(), input: { id, position: 1 } }));
  expect((await Promise.all([step(), step(), step()])).toSorted()).toEqual(["conflict", "conflict", "done"]);
  expect(await refreshesOf(others[1] as SampleGroup)).toHaveLength(1);
}, 240_000);
