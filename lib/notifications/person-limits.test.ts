import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { deleteNotificationRule } from "./delete-notification-rule";
import { deleteReceiver } from "./delete-receiver";
import { MOST_RECEIVERS, MOST_RULES, MOST_TESTS } from "./person-limits";
import { saveNotificationRule } from "./save-notification-rule";
import { saveReceiver } from "./save-receiver";
import { testReceiver } from "./test-receiver";

// Whatever one person may create without end or send to whom they like has a bound of their own, which is nobody else's.

let testConsole: TestConsole;
let ana: UseCaseContext;
let ben: UseCaseContext;
beforeAll(async () => {
  testConsole = await startTestConsole({
    environment: {
      GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
      GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
    },
  });
  const contextOf = (name: string) =>
    contextIn(testConsole.runtime, {
      targetId: "test",
      actor: {
        id: `https://id.example.com ${name}`,
        name,
        kind: "user",
        grants: [{ role: "admin", target: "*" }],
      },
    });
  ana = contextOf("Ana");
  ben = contextOf("Ben");
});
afterAll(() => testConsole.close());

const newReceiver = (ctx: UseCaseContext, name: string) =>
  saveReceiver({ ctx, input: { name, kind: "slack", url: "http://127.0.0.1:9/hook" } });
const newRule = (ctx: UseCaseContext, receiverId: string) =>
  saveNotificationRule({ ctx, input: { receiverId, events: ["build-failed"], namePrefix: "", isOn: true } });
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "done",
    (error: unknown) => toConsoleError(error).code,
  );

it("bounds receivers, rules and test messages by person, and by nothing that others did", {
  timeout: 300_000,
}, async () => {
  const ids: string[] = [];
  for (let count = 0; count < MOST_RECEIVERS; count++)
    ids.push((await newReceiver(ana, `receiver ${count}`)).id);
  expect(await refusalOf(newReceiver(ana, "one more"))).toBe("conflict");
  const { id: own } = await newReceiver(ben, "Ben's");
  const [first = "", second = ""] = ids;
  // One that exists can still be changed.
  const renamed = { id: first, name: "renamed", kind: "slack" as const };
  expect(await refusalOf(saveReceiver({ ctx: ana, input: renamed }))).toBe("done");
  await deleteReceiver({ ctx: ana, input: { id: second } });
  expect(await refusalOf(newReceiver(ana, "in its place"))).toBe("done");

  const rules: string[] = [];
  for (let count = 0; count < MOST_RULES; count++) rules.push((await newRule(ana, first)).id);
  expect(await refusalOf(newRule(ana, first))).toBe("conflict");
  expect(await refusalOf(newRule(ben, first))).toBe("done");
  await deleteNotificationRule({ ctx: ana, input: { id: rules[0] ?? "" } });
  expect(await refusalOf(newRule(ana, first))).toBe("done");

  for (let count = 0; count < MOST_TESTS; count++)
    await testReceiver({ ctx: ana, input: { id: count % 2 ? first : own } });
  expect(await refusalOf(testReceiver({ ctx: ana, input: { id: own } }))).toBe("too-many-requests");
  // A receiver that is deleted takes its messages with it, not the count.
  await deleteReceiver({ ctx: ana, input: { id: first } });
  expect(await refusalOf(testReceiver({ ctx: ana, input: { id: own } }))).toBe("too-many-requests");
  expect(await refusalOf(testReceiver({ ctx: ben, input: { id: own } }))).toBe("done");
  testConsole.clock.advance(HOUR_MS);
  expect(await refusalOf(testReceiver({ ctx: ana, input: { id: own } }))).toBe("done");
});
