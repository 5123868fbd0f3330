import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { saveNotificationRule } from "@/lib/notifications/save-notification-rule";
import { saveReceiver } from "@/lib/notifications/save-receiver";
import { createSampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { cancelRollOut } from "./cancel-roll-out";
import { getRollOut } from "./get-roll-out";
import { previewRollOut } from "./preview-roll-out";
import { rollBackRollOut } from "./roll-back-roll-out";
import { startRollOut } from "./start-roll-out";
import type { RollOutPreferences } from "./types";
import { settleOpen } from "./watch-roll-outs";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole({
    environment: {
      GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
      GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
    },
  });
  const ctx = testConsole.contextOf();
  for (const namePrefix of ["", "web-"]) {
    const { id: receiverId } = await saveReceiver({
      ctx,
      input: { name: namePrefix || "all", kind: "slack", url: "http://127.0.0.1:9/hook" },
    });
    const events = [
      "roll-out-checkpoint",
      "roll-out-failed",
      "roll-out-rolled-back",
      "roll-out-done",
    ] as const;
    await saveNotificationRule({ ctx, input: { receiverId, events: [...events], namePrefix, isOn: true } });
  }
}, 60_000);
afterAll(() => testConsole.close());

async function start(name: string, over: Partial<RollOutPreferences>): Promise<string> {
  const connection = { endpoint: testConsole.simulatorUrl, accountId: testConsole.target.accountId };
  await createSampleGroup({ ...connection, region: "us-east-1" }, { name });
  const ctx = testConsole.contextOf();
  const key = { region: "us-east-1", group: name };
  const { defaults } = await previewRollOut({ ctx, input: key });
  const input = { ...key, to: { version: 2 }, pin: false, preferences: { ...defaults, ...over } };
  return (await startRollOut({ ctx, input })).id;
}
/** Looks as the watcher does, and as a page does, both of which may see it first. */
async function look(id: string, afterMs: number): Promise<void> {
  testConsole.clock.advance(afterMs);
  const ctx = testConsole.contextOf();
  await Promise.all([
    settleOpen(testConsole.runtime, await ctx.database()),
    getRollOut({ ctx, input: { id } }),
  ]);
}
async function told(group: string): Promise<string[]> {
  const { deliveries } = await listNotifications({ ctx: testConsole.contextOf() });
  return deliveries
    .filter(({ title }) => title.includes(group))
    .map(({ receiverName, title }) => `${receiverName}: ${title}`)
    .toReversed();
}

it("tells once of each checkpoint and of the end, whoever sees it first", async () => {
  const id = await start("ladder", { checkpointPercentages: [25, 50, 100], checkpointDelay: 3600 });
  await look(id, 60_000);
  await look(id, 5_000);
  await look(id, HOUR_MS / 25 + 60_000 + HOUR_MS);
  await look(id, 3 * HOUR_MS);
  const lines = await told("ladder");
  expect(lines[0]).toBe("all: The roll-out to ladder waits at 25% in Test");
  expect(lines.at(-1)).toBe("all: The roll-out to ladder is done in Test");
  expect(new Set(lines).size).toBe(lines.length);
  // Nobody knows which image its AMIs are of, so rules for names do not hold for it.
  expect(lines.filter((line) => line.startsWith("web-"))).toEqual([]);
}, 60_000);

it("tells of a roll-back, and not of what a person canceled", async () => {
  const back = await start("back", { checkpointPercentages: [50, 100] });
  await look(back, 30_000);
  await rollBackRollOut({ ctx: testConsole.contextOf(), input: { id: back } });
  await look(back, HOUR_MS);
  expect((await told("back")).at(-1)).toBe("all: The roll-out to back was rolled back in Test");

  const canceled = await start("stopped", {});
  await look(canceled, 20_000);
  await cancelRollOut({ ctx: testConsole.contextOf(), input: { id: canceled } });
  await look(canceled, HOUR_MS);
  expect(await told("stopped")).toEqual([]);
}, 60_000);
