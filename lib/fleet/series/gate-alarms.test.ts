import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { createSampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { checkAlarms } from "../roll-outs/check-alarms";
import { getRollOut } from "../roll-outs/get-roll-out";
import { previewRollOut } from "../roll-outs/preview-roll-out";
import { settleOpen } from "../roll-outs/watch-roll-outs";
import { advanceSeries } from "./advance-series";
import { getRollOutSeries } from "./get-roll-out-series";
import { startRollOutSeries } from "./start-roll-out-series";

let testConsole: TestConsole;
let cloudWatch: CloudWatchClient;
beforeAll(async () => {
  testConsole = await startTestConsole();
  const { simulatorUrl: endpoint, target } = testConsole;
  const credentials = { accessKeyId: target.accountId, secretAccessKey: "any" };
  cloudWatch = new CloudWatchClient({ endpoint, region: "us-east-1", credentials });
}, 240_000);
afterAll(() => testConsole.close());

const setState = (AlarmName: string, StateValue: "OK" | "ALARM" | "INSUFFICIENT_DATA") =>
  cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "a test" }));
async function createAlarm(AlarmName: string): Promise<void> {
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...{ AlarmName, Namespace: "Web", MetricName: "Errors", Statistic: "Sum", Period: 60 },
      ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" },
      TreatMissingData: "ignore",
    }),
  );
}
async function setTrouble(trouble: { errors?: Record<string, string> }): Promise<void> {
  const account = testConsole.target.accountId;
  const url = `${testConsole.simulatorUrl}/_simulator/trouble?account=${account}`;
  const { ok } = await fetch(url, { method: "PUT", body: JSON.stringify(trouble) });
  expect(ok).toBe(true);
}
async function look(advanceMs: number): Promise<void> {
  testConsole.clock.advance(advanceMs);
  const database = await testConsole.runtime.database();
  await settleOpen(testConsole.runtime, database);
  await advanceSeries(testConsole.runtime, database);
}

const REFUSED = { errors: { "cloudwatch:DescribeAlarms": "AccessDenied" } };
const CASES: [string, (alarm: string) => Promise<unknown>, string | undefined][] = [
  ["ok", (alarm) => setState(alarm, "OK"), undefined],
  ["no-data", (alarm) => setState(alarm, "INSUFFICIENT_DATA"), undefined],
  ["rings", (alarm) => setState(alarm, "ALARM"), "In ALARM during the wait: rings-5xx."],
  ["refused", () => setTrouble(REFUSED), "The state of an alarm is not known: refused-5xx."],
];

it.each(CASES)(
  "a timed gate opens only where no alarm of the group before is in ALARM: %s",
  async (name, happens, because) => {
    const connection = { endpoint: testConsole.simulatorUrl, accountId: testConsole.target.accountId };
    const ctx = testConsole.contextOf();
    const alarm = `${name}-5xx`;
    await createAlarm(alarm);
    await setState(alarm, "OK");
    const planned = [];
    for (const group of [`${name}-a`, `${name}-b`]) {
      await createSampleGroup({ ...connection, region: "us-east-1" }, { name: group, count: 1 });
      const key = { region: "us-east-1", group };
      const { defaults } = await previewRollOut({ ctx, input: key });
      const gate = { by: "time" as const, minutes: 60 };
      planned.push({
        ...key,
        to: { version: 2 },
        pin: false,
        preferences: { ...defaults, alarms: [alarm] },
        gate,
      });
    }
    const { id } = await startRollOutSeries({ ctx, input: { groups: planned } });
    await look(HOUR_MS);
    expect((await getRollOutSeries({ ctx, input: { id } })).alarms).toMatchObject([
      { name: alarm, state: "OK" },
    ]);
    await happens(alarm);
    await look(30 * MINUTE_MS);
    // What rang while the gate was timed keeps it closed, also once it is over.
    if (name === "rings") await setState(alarm, "OK");
    await look(HOUR_MS);
    const { state, parts } = await getRollOutSeries({ ctx, input: { id } });
    await setTrouble({});
    if (because !== undefined) return expect(state).toEqual({ is: "waiting", position: 1, because });
    const [, second] = parts;
    expect(second?.state).not.toBe("queued");
    const rollOutId = second && !second.isHidden ? (second.rollOutId ?? "") : "";
    expect((await getRollOut({ ctx, input: { id: rollOutId } })).alarms).toMatchObject([{ name: alarm }]);
  },
  120_000,
);

it("says of each alarm what CloudWatch says, and of the rest that it is not known", async () => {
  const ctx = testConsole.contextOf();
  await createAlarm("there");
  const input = { region: "us-east-1", names: ["there", "not-there", "there"] };
  const { alarms } = await checkAlarms({ ctx, input });
  expect(alarms.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "there INSUFFICIENT_DATA",
    "not-there not found",
  ]);
  await setTrouble(REFUSED);
  testConsole.clock.advance(MINUTE_MS);
  const refused = await checkAlarms({ ctx, input });
  await setTrouble({});
  expect(refused.alarms.map(({ state }) => state)).toEqual(["not known", "not known"]);
  expect(refused.reason).toMatch(/not allowed|denied|DescribeAlarms/i);
}, 120_000);
