import {
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
} from "@aws-sdk/client-auto-scaling";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { createSampleGroup, type SampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { cancelRollOut } from "./cancel-roll-out";
import { continueRollOut } from "./continue-roll-out";
import { getRollOut } from "./get-roll-out";
import { listRollOuts } from "./list-roll-outs";
import { previewRollOut } from "./preview-roll-out";
import { returnRollOut } from "./return-roll-out";
import { rollBackRollOut } from "./roll-back-roll-out";
import { changeRollOut, findRollOut } from "./roll-out-rows";
import { startRollOut } from "./start-roll-out";
import type { RollOutPreferences } from "./types";
import { settleOpen } from "./watch-roll-outs";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
}, 60_000);
afterAll(() => testConsole.close());

let made = 0;
const createGroup = (over: Parameters<typeof createSampleGroup>[1] = {}): Promise<SampleGroup> =>
  createSampleGroup(
    { endpoint: testConsole.simulatorUrl, accountId: testConsole.target.accountId, region: "us-east-1" },
    { name: `web-${++made}`, ...over },
  );

const key = ({ name }: SampleGroup) => ({ region: "us-east-1", group: name });
async function start(
  group: SampleGroup,
  over: Partial<RollOutPreferences> = {},
  { pin = false, to = { version: 2 } as { version: number } | { amiId: string } } = {},
): Promise<string> {
  const ctx = testConsole.contextOf();
  const { defaults } = await previewRollOut({ ctx, input: key(group) });
  const preferences = { ...defaults, ...over };
  return (await startRollOut({ ctx, input: { ...key(group), to, pin, preferences } })).id;
}
const view = (id: string) => {
  // Equal reads share their answer for a moment of the console's clock.
  testConsole.clock.advance(3_000);
  return getRollOut({ ctx: testConsole.contextOf(), input: { id } });
};
async function groupNow({ scaling, name }: SampleGroup) {
  const { AutoScalingGroups } = await scaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  const [group] = AutoScalingGroups ?? [];
  return {
    follows: group?.LaunchTemplate?.Version,
    runs: (group?.Instances ?? []).map(({ LaunchTemplate }) => LaunchTemplate?.Version).join(" "),
  };
}
const refreshesOf = async ({ scaling, name }: SampleGroup) =>
  (await scaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name })))
    .InstanceRefreshes ?? [];
const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => "done",
    (error: { detail?: { code: string } }) => error.detail?.code ?? String(error),
  );

it("goes by two checkpoints to the end, and returns to the version before", async () => {
  const group = await createGroup();
  const id = await start(group, { checkpointPercentages: [25, 50, 100], checkpointDelay: 3600 });
  testConsole.clock.advance(60_000);
  const first = await view(id);
  expect(first).toMatchObject({ status: "InProgress", checkpoint: { percentage: 25 } });
  expect(first.instances.map(({ side }) => side).toSorted()).toEqual(["new", "old", "old", "old"]);
  testConsole.clock.advance(HOUR_MS / 25 + 60_000);
  expect(await view(id)).toMatchObject({ checkpoint: { percentage: 50 } });
  testConsole.clock.advance(HOUR_MS);
  const done = await view(id);
  expect(done).toMatchObject({ status: "Successful", percentage: 100, steps: { turnBack: { can: true } } });
  expect(await groupNow(group)).toEqual({ follows: "2", runs: "2 2 2 2" });

  const back = await returnRollOut({ ctx: testConsole.contextOf(), input: { id } });
  testConsole.clock.advance(HOUR_MS);
  expect(await view(back.id)).toMatchObject({ status: "Successful", returns: id });
  expect(await groupNow(group)).toEqual({ follows: "1", runs: "1 1 1 1" });
  const actions = (await testConsole.auditRows())
    .filter(({ resource }) => resource === group.name)
    .map(({ action, result }) => `${action} ${result}`);
  expect(actions).toEqual(["start-roll-out succeeded", "return-roll-out succeeded"]);
}, 60_000);

it("continues at a checkpoint with what is left, and says what a roll-back then covers", async () => {
  const group = await createGroup();
  const id = await start(group, { checkpointPercentages: [50, 100] });
  testConsole.clock.advance(120_000);
  expect((await view(id)).steps.carryOn).toEqual({ can: true });
  const next = await continueRollOut({ ctx: testConsole.contextOf(), input: { id } });
  expect(await view(id)).toMatchObject({
    status: "Cancelled",
    followedBy: { id: next.id, as: "continues" },
  });
  const rest = await view(next.id);
  expect(rest).toMatchObject({ continues: id, left: 2, preferences: { checkpointPercentages: [100] } });
  expect(rest.limits[0]).toMatch(
    /^A roll-back covers only the instances that this part replaces. 2 instances/,
  );

  testConsole.clock.advance(30_000);
  await rollBackRollOut({ ctx: testConsole.contextOf(), input: { id: next.id } });
  testConsole.clock.advance(HOUR_MS);
  expect(await view(next.id)).toMatchObject({ status: "RollbackSuccessful" });
  expect((await groupNow(group)).runs.split(" ").toSorted()).toEqual(["1", "1", "2", "2"]);

  await returnRollOut({ ctx: testConsole.contextOf(), input: { id } });
  testConsole.clock.advance(HOUR_MS);
  expect(await groupNow(group)).toEqual({ follows: "1", runs: "1 1 1 1" });
}, 60_000);

it("stops at a checkpoint, and leaves the group as it was set", async () => {
  const group = await createGroup();
  const id = await start(group, { checkpointPercentages: [25, 100] });
  testConsole.clock.advance(60_000);
  await cancelRollOut({ ctx: testConsole.contextOf(), input: { id } });
  const stopped = await view(id);
  expect(stopped).toMatchObject({ status: "Cancelled", steps: { carryOn: { can: true } } });
  expect(stopped.limits).toEqual([
    "What was replaced stays. The group is still set to version 1, so new instances start from it.",
  ]);
  expect((await groupNow(group)).follows).toBe("1");
}, 60_000);

it("sets a group that follows $Default to the version that it runs, and rolls back to that", async () => {
  const group = await createGroup({ version: "$Default" });
  expect(await codeOf(start(group, { autoRollback: true }))).toBe("invalid");
  const id = await start(group, { autoRollback: true }, { pin: true });
  expect((await groupNow(group)).follows).toBe("1");
  testConsole.clock.advance(20_000);
  expect(await view(id)).toMatchObject({ pinned: "$Default", steps: { rollBack: { can: true } } });
  await rollBackRollOut({ ctx: testConsole.contextOf(), input: { id } });
  testConsole.clock.advance(HOUR_MS);
  expect(await view(id)).toMatchObject({ status: "RollbackSuccessful" });
  expect(await groupNow(group)).toEqual({ follows: "1", runs: "1 1 1 1" });
}, 60_000);

it("refuses a second roll-out, of the console and of AWS", async () => {
  const group = await createGroup();
  const answers = await Promise.all([codeOf(start(group)), codeOf(start(group)), codeOf(start(group))]);
  expect(answers.toSorted()).toEqual(["conflict", "conflict", "done"]);
  expect(await refreshesOf(group)).toHaveLength(1);
}, 60_000);

it("finds a refresh again whose start was not answered, and ends a start that AWS never had", async () => {
  const [answered, lost] = [await createGroup(), await createGroup()];
  const ctx = testConsole.contextOf();
  const id = await start(answered);
  await changeRollOut(ctx, id, { refreshId: null, status: "Starting" });
  expect((await view(id)).refreshId).toBe((await refreshesOf(answered))[0]?.InstanceRefreshId);

  const other = await start(lost, { skipMatching: false });
  testConsole.clock.advance(HOUR_MS);
  await changeRollOut(ctx, other, {
    refreshId: null,
    status: "Starting",
    startedAt: new Date(testConsole.clock.now()),
    endedAt: null,
  });
  expect(await view(other)).toMatchObject({ status: "Starting" });
  testConsole.clock.advance(180_000);
  expect(await view(other)).toMatchObject({ status: "Not started", steps: { turnBack: { can: false } } });
}, 60_000);

it("records how a roll-out ended while nobody looked, and that a group is gone", async () => {
  const [watched, deleted] = [await createGroup({ count: 1 }), await createGroup({ count: 1 })];
  const ids = [await start(watched), await start(deleted)];
  testConsole.clock.advance(HOUR_MS);
  await deleted.scaling.send(
    new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: deleted.name, ForceDelete: true }),
  );
  await settleOpen(testConsole.runtime, await testConsole.runtime.database());
  const rows = await Promise.all(ids.map((id) => findRollOut(testConsole.contextOf(), id)));
  expect(rows.map(({ status }) => status)).toEqual(["Successful", "Not known"]);
  expect(rows.every(({ endedAt }) => endedAt !== null)).toBe(true);
}, 60_000);

it("shows and starts for a name prefix only what its images cover", async () => {
  const group = await createGroup();
  const id = await start(group);
  const web = testConsole.contextOf({ role: "operator", target: "*", namePrefix: "web-" });
  expect(await codeOf(previewRollOut({ ctx: web, input: key(group) }))).toBe("not-found");
  expect(await codeOf(getRollOut({ ctx: web, input: { id } }))).toBe("not-found");
  const list = await listRollOuts({ ctx: web });
  expect(list.rows).toEqual([]);
  expect(list.hidden).toBeGreaterThan(0);
  const { defaults } = await previewRollOut({ ctx: testConsole.contextOf(), input: key(group) });
  const input = { ...key(group), to: { version: 2 }, pin: false, preferences: defaults };
  expect(await codeOf(startRollOut({ ctx: web, input }))).toBe("forbidden");
}, 60_000);
