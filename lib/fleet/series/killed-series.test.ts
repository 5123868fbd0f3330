import {
  CancelInstanceRefreshCommand,
  DescribeInstanceRefreshesCommand,
  RollbackInstanceRefreshCommand,
} from "@aws-sdk/client-auto-scaling";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MINUTE_MS } from "@/lib/core/time";
import type { Database, Orm } from "@/lib/db/database";
import { createSampleGroup, type SampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import type { Runtime } from "@/lib/use-case/runtime";
import { contextIn } from "@/lib/use-case/use-case-context";
import { previewRollOut } from "../roll-outs/preview-roll-out";
import { isActive } from "../roll-outs/read-roll-out-group";
import { settleOpen } from "../roll-outs/watch-roll-outs";
import { advanceSeries } from "./advance-series";
import { continueRollOutSeries } from "./continue-roll-out-series";
import { nextOf, openSeries } from "./series-rows";
import { startRollOutSeries } from "./start-roll-out-series";
import type { Gate } from "./types";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
}, 240_000);
afterAll(() => testConsole.close());

/** A console that is killed before its n-th use of the database from now; the next one has the same database. */
function dyingConsole(uses: number): { runtime: Runtime; orm(orm: Orm): Orm } {
  let left = uses;
  const orm = (whole: Orm): Orm =>
    new Proxy(whole, {
      get(target, member, receiver) {
        if (["select", "insert", "update", "delete", "transaction"].includes(String(member)) && left-- <= 0)
          throw new Error("the console was killed");
        return Reflect.get(target, member, receiver);
      },
    });
  const database = async (): Promise<Database> => {
    const whole = await testConsole.runtime.database();
    return new Proxy(whole, {
      get: (target, member, receiver) =>
        member === "orm" ? orm(target.orm) : Reflect.get(target, member, receiver),
    });
  };
  return { runtime: { ...testConsole.runtime, database }, orm };
}

/** What the watcher does at a look, in a console that may be killed in the middle of it. */
async function look(uses: number): Promise<void> {
  testConsole.clock.advance(15 * MINUTE_MS);
  const { runtime, orm } = dyingConsole(uses);
  const { jobOrm } = await testConsole.runtime.database();
  await settleOpen(runtime, { jobOrm: orm(jobOrm) }).catch(() => undefined);
  await advanceSeries(runtime, { jobOrm: orm(jobOrm) }).catch(() => undefined);
}

const refreshesOf = async ({ scaling, name }: SampleGroup) =>
  (await scaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name })))
    .InstanceRefreshes ?? [];

/** Somebody else ends the group's refresh in AWS, in the way of which the console learns last. */
async function spoil({ scaling, name }: SampleGroup, how: Plan["failure"]): Promise<boolean> {
  const [refresh] = await refreshesOf({ scaling, name } as SampleGroup);
  if (!isActive(refresh?.Status)) return false;
  const input = { AutoScalingGroupName: name };
  await scaling.send(
    how === "canceled" ? new CancelInstanceRefreshCommand(input) : new RollbackInstanceRefreshCommand(input),
  );
  return true;
}

type Plan = {
  gates: Gate[];
  failure: "canceled" | "rolled back" | "none";
  failsAt: number;
  /** Uses of the database that each look's console lives for; those after the last live on. */
  lives: number[];
};
const GATES: fc.Arbitrary<Gate> = fc.oneof(
  fc.constant({ by: "person" as const }),
  fc.record({ by: fc.constant("time" as const), minutes: fc.constantFrom(0, 20) }),
);
const PLANS: fc.Arbitrary<Plan> = fc.record({
  gates: fc.array(GATES, { minLength: 2, maxLength: 3 }),
  failure: fc.constantFrom("canceled", "rolled back", "none"),
  failsAt: fc.nat({ max: 2 }),
  lives: fc.array(fc.nat({ max: 30 }), { maxLength: 8 }),
});
const LOOKS = 60;

let made = 0;
it("starts each group once and in order, wherever one fails and wherever the console is killed", async () => {
  await fc.assert(
    fc.asyncProperty(PLANS, async (plan) => {
      const groups = await startSeries(plan);
      const counts = { spoiled: 0 };
      for (let index = 0; index < LOOKS && (await standing()) !== undefined; index++) {
        const failing = groups[plan.failsAt];
        if (plan.failure !== "none" && counts.spoiled === 0 && failing)
          counts.spoiled += (await spoil(failing, plan.failure)) ? 1 : 0;
        await look(plan.lives[index] ?? Number.POSITIVE_INFINITY);
        await holdOrder(groups);
        await decide();
        await holdOrder(groups);
      }
      expect(await standing(), "it came to its end").toBeUndefined();
      for (const [index, group] of groups.entries()) {
        const ends = (await refreshesOf(group)).map(({ Status }) => Status);
        expect(ends[0]).toBe("Successful");
        const spoiled = index === plan.failsAt ? counts.spoiled : 0;
        expect(ends, `refreshes of group ${index}`).toHaveLength(1 + spoiled);
      }
    }),
    { numRuns: 6 },
  );
}, 600_000);

async function startSeries({ gates }: Plan): Promise<SampleGroup[]> {
  const connection = { endpoint: testConsole.simulatorUrl, accountId: testConsole.target.accountId };
  const groups = await Promise.all(
    gates.map(() =>
      createSampleGroup({ ...connection, region: "us-east-1" }, { name: `killed-${++made}`, count: 2 }),
    ),
  );
  const ctx = testConsole.contextOf();
  const planned = [];
  for (const [index, { name }] of groups.entries()) {
    const key = { region: "us-east-1", group: name };
    const { defaults } = await previewRollOut({ ctx, input: key });
    const gate = gates[index] as Gate;
    planned.push({ ...key, to: { version: 2 }, pin: false, preferences: defaults, gate });
  }
  await startRollOutSeries({ ctx, input: { groups: planned } });
  return groups;
}

/** What comes next; undefined once it has ended. Others of the same database have. */
async function standing() {
  for await (const open of openSeries(await testConsole.runtime.database()))
    return { ...nextOf(open, testConsole.clock.now()), id: open.series.id };
  return undefined;
}

/** Two people decide at a time wherever one is waited for: one of them starts the group. */
async function decide(): Promise<void> {
  const next = await standing();
  if (!next || !(next.is === "stopped" || (next.is === "waiting" && next.until === undefined))) return;
  const { id, position } = next;
  const press = () => {
    const { actor } = testConsole.contextOf();
    const ctx = contextIn(testConsole.runtime, { targetId: testConsole.target.id, actor });
    return continueRollOutSeries({ ctx, input: { id, position } }).then(
      () => "started",
      (error: { detail?: { code: string } }) => error.detail?.code,
    );
  };
  const answers = await Promise.all([press(), press()]);
  expect(answers.filter((answer) => answer === "started").length, String(answers)).toBeLessThanOrEqual(1);
}

/** No group has a refresh before the one in front of it has succeeded, and no two have one in progress. */
async function holdOrder(groups: SampleGroup[]): Promise<void> {
  const all = await Promise.all(groups.map(refreshesOf));
  for (const [index, refreshes] of all.entries()) {
    if (index === 0 || refreshes.length === 0) continue;
    expect(all[index - 1]?.[0]?.Status, `group ${index} was started`).toBe("Successful");
  }
  expect(all.flat().filter(({ Status }) => isActive(Status)).length).toBeLessThanOrEqual(1);
}
