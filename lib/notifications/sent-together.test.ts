import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { listNotifications } from "./list-notifications";
import { raiseEvent } from "./raise-event";
import { releaseHeld } from "./release-held";
import type { RuleTiming } from "./rule-timing";
import { sampleEvent } from "./sample-events";
import { saveNotificationRule } from "./save-notification-rule";
import { saveReceiver } from "./save-receiver";
import type { RuleFilters } from "./types";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole({
    environment: {
      GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
      GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
    },
  });
}, 60_000);
afterAll(() => testConsole.close());

const now = () => new Date(testConsole.clock.now());
let made = 0;
async function addRule(
  timing: Omit<RuleTiming, "dailyAt" | "timeZone">,
  filters: RuleFilters = { tags: [], severities: [] },
): Promise<string> {
  const ctx = testConsole.contextOf();
  const name = `receiver ${++made}`;
  const { id: receiverId } = await saveReceiver({
    ctx,
    input: { name, kind: "slack", url: "http://127.0.0.1:9/hook" },
  });
  await saveNotificationRule({
    ctx,
    input: {
      receiverId,
      events: ["build-failed", "recovered", "waits-for-approval", "aws-refuses"],
      namePrefix: "",
      filters,
      timing,
      isOn: true,
    },
  });
  testConsole.clock.advance(1_000);
  return name;
}
async function raise(
  kind: "build-failed" | "recovered" | "aws-refuses",
  over: { tags?: Record<string, string> } = {},
) {
  const { orm } = await testConsole.contextOf().database();
  const event = { ...sampleEvent(kind, "test", now().toISOString()), ...over };
  await raiseEvent(orm, event, `event ${++made}`, now());
}
const release = async () => releaseHeld((await testConsole.contextOf().database()).orm, now());
async function told(receiver: string): Promise<string[]> {
  const { deliveries } = await listNotifications({ ctx: testConsole.contextOf() });
  return deliveries
    .filter(({ receiverName }) => receiverName === receiver)
    .map(({ state, title }) => `${state}: ${title}`)
    .toReversed();
}

it("sends the first at once and what follows within ten minutes as one message, with how it ended", async () => {
  const receiver = await addRule({ cadence: "every-10-minutes" });
  await raise("build-failed");
  testConsole.clock.advance(MINUTE_MS);
  for (const kind of ["build-failed", "recovered"] as const) await raise(kind);
  await release();
  expect(await told(receiver)).toEqual([
    "waiting: web-base 1.4.0/7 failed in Test",
    "held: web-base 1.4.0/7 failed in Test",
    "held: web-base 1.4.0/7 succeeded in Test: recovered",
  ]);
  testConsole.clock.advance(10 * MINUTE_MS);
  // A process that dies here and one that goes on release the same once.
  await Promise.all([release(), release()]);
  expect(await told(receiver)).toEqual([
    "waiting: web-base 1.4.0/7 failed in Test",
    "merged: web-base 1.4.0/7 failed in Test",
    "merged: web-base 1.4.0/7 succeeded in Test: recovered",
    "waiting: 2 events in Test",
  ]);
});

it("holds what happens outside of the hours of a rule, and sends it when they begin", async () => {
  const hour = (ahead: number) => `${String((now().getUTCHours() + ahead) % 24).padStart(2, "0")}:00`;
  const hours = { days: [0, 1, 2, 3, 4, 5, 6], from: hour(3), to: hour(5) };
  const receiver = await addRule({ cadence: "at-once", hours });
  await raise("build-failed");
  expect(await told(receiver)).toEqual(["held: web-base 1.4.0/7 failed in Test"]);
  testConsole.clock.advance(HOUR_MS);
  await release();
  expect((await told(receiver))[0]).toMatch(/^held/);
  testConsole.clock.advance(2 * HOUR_MS);
  await release();
  expect((await told(receiver))[0]).toMatch(/^waiting/);
  await raise("build-failed");
  expect((await told(receiver))[1]).toMatch(/^waiting/);
});

it("asks for tags and severities, and lets through what is about the account", async () => {
  const tagged = await addRule(
    { cadence: "at-once" },
    { tags: [{ key: "team", value: "web" }], severities: [] },
  );
  const good = await addRule({ cadence: "at-once" }, { tags: [], severities: ["good"] });
  await raise("build-failed", { tags: { team: "web" } });
  await raise("build-failed", { tags: { team: "db" } });
  await raise("recovered", { tags: { team: "db" } });
  await raise("aws-refuses");
  expect(await told(tagged)).toEqual([
    "waiting: web-base 1.4.0/7 failed in Test",
    "waiting: AWS refuses the console in Test",
  ]);
  expect(await told(good)).toEqual(["waiting: web-base 1.4.0/7 succeeded in Test: recovered"]);
});
