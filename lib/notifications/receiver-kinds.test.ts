import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { listNotifications } from "./list-notifications";
import { sendDue } from "./notification-sender";
import { raiseEvent } from "./raise-event";
import { rotateSecret } from "./rotate-secret";
import { sampleEvent } from "./sample-events";
import { saveNotificationRule } from "./save-notification-rule";
import { saveReceiver } from "./save-receiver";
import { testReceiver } from "./test-receiver";
import type { EventKind } from "./types";

type Received = { path: string; headers: IncomingHttpHeaders; body: string };
const received: Received[] = [];
const answers: { next: (request: Received) => string } = { next: () => "ok" };
const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const came = { path: String(request.url), headers: request.headers, body };
  received.push(came);
  response.end(answers.next(came));
});
let testConsole: TestConsole;
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  testConsole = await startTestConsole({
    environment: {
      GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
      GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
    },
  });
}, 180_000);
afterAll(async () => {
  await testConsole.close();
  server.close();
});

const ctx = () => testConsole.contextOf();
async function send(): Promise<void> {
  const database = await ctx().database();
  while ((await sendDue(testConsole.runtime, database)) > 0);
}
let made = 0;
async function raise(receiverId: string, kinds: EventKind[]): Promise<void> {
  await saveNotificationRule({
    ctx: ctx(),
    input: { receiverId, events: kinds, namePrefix: "", isOn: true },
  });
  testConsole.clock.advance(1_000);
  const now = new Date(testConsole.clock.now());
  const { orm } = await ctx().database();
  for (const kind of kinds)
    await raiseEvent(orm, sampleEvent(kind, "test", now.toISOString()), `kinds ${++made}`, now);
  await send();
}

it("signs with the new secret and the one before while they overlap, and with the new one alone after", async () => {
  const { id, secret: first = "" } = await saveReceiver({
    ctx: ctx(),
    input: { name: "tickets", kind: "webhook", url },
  });
  const { secret: second } = await rotateSecret({ ctx: ctx(), input: { id } });
  expect(second).not.toBe(first);
  const opensWith = async (secrets: string[]) => {
    received.splice(0);
    await testReceiver({ ctx: ctx(), input: { id } });
    await send();
    const [{ headers, body }] = received as [Received];
    const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
    const signatures = String(headers["webhook-signature"]).split(" ");
    expect(signatures).toEqual(
      secrets.map((secret) => new Webhook(secret).sign(String(headers["webhook-id"]), at, body)),
    );
  };
  await opensWith([second, first]);
  testConsole.clock.advance(6 * DAY_MS);
  await opensWith([second, first]);
  testConsole.clock.advance(2 * DAY_MS);
  await opensWith([second]);
  const { secret: third } = await rotateSecret({ ctx: ctx(), input: { id } });
  await opensWith([third, second]);
  const record = JSON.stringify(await testConsole.auditRows());
  for (const secret of [first, second, third]) expect(record).not.toContain(secret);
  expect(record).toContain("rotate-secret");
});

it("posts as a Slack bot, adds to the thread, and updates the message when all is well", async () => {
  let ts = 0;
  answers.next = ({ path, body }) => {
    const asked = JSON.parse(body) as { ts?: string };
    const at = path.endsWith("chat.update") ? asked.ts : `1700000000.00000${++ts}`;
    return JSON.stringify({ ok: true, channel: "C0123456789", ts: at, message: { text: "x".repeat(9_000) } });
  };
  const { id } = await saveReceiver({
    ctx: ctx(),
    input: { name: "bot", kind: "slack-bot", url, token: "xoxb-1234567890-secret", channel: "C0123456789" },
  });
  received.splice(0);
  await raise(id, ["build-failed", "image-stale", "recovered", "build-failed"]);
  const asked = received.map(({ path, headers, body }) => {
    expect(headers.authorization).toBe("Bearer xoxb-1234567890-secret");
    const { thread_ts, ts: changed, channel } = JSON.parse(body) as Record<string, string>;
    expect(channel).toBe("C0123456789");
    return [path, thread_ts ?? changed].filter(Boolean).join(" ");
  });
  expect(asked).toEqual([
    "/chat.postMessage",
    "/chat.postMessage 1700000000.000001",
    "/chat.update 1700000000.000001",
    "/chat.postMessage",
  ]);
});

it("says in Slack's word why a bot may not post, and tries again later", async () => {
  answers.next = () => JSON.stringify({ ok: false, error: "not_in_channel" });
  const { id } = await saveReceiver({
    ctx: ctx(),
    input: {
      name: "bot outside",
      kind: "slack-bot",
      url,
      token: "xoxb-1234567890-x",
      channel: "C9999999999",
    },
  });
  await testReceiver({ ctx: ctx(), input: { id } });
  await send();
  const { deliveries } = await listNotifications({ ctx: ctx() });
  expect(deliveries[0]).toMatchObject({ state: "waiting", tries: 1, answer: "Slack: not_in_channel" });
  const lonely = { name: "half", kind: "slack-bot" as const, token: "xoxb-1234567890-x" };
  await expect(saveReceiver({ ctx: ctx(), input: lonely })).rejects.toThrow(/channel/);
  answers.next = () => "ok";
});

it("publishes to a topic: text for people, JSON for queues; and says AWS's refusal", async () => {
  const credentials = { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" };
  const place = { endpoint: testConsole.simulatorUrl, region: "us-east-1", credentials };
  const [sns, sqs] = [new SNSClient(place), new SQSClient(place)];
  const { TopicArn: topicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "images" }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "images" }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  await sns.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn }),
  );
  const { id } = await saveReceiver({ ctx: ctx(), input: { name: "topic", kind: "sns", topicArn } });
  await raise(id, ["build-failed"]);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const envelope = JSON.parse(Messages?.[0]?.Body ?? "{}") as { Subject: string; Message: string };
  expect(envelope.Subject).toBe("web-base 1.4.0/7 failed in Test");
  expect(JSON.parse(envelope.Message)).toMatchObject({ type: "build.failed" });

  const { id: gone } = await saveReceiver({
    ctx: ctx(),
    input: { name: "gone", kind: "sns", topicArn: `${topicArn}-gone` },
  });
  await testReceiver({ ctx: ctx(), input: { id: gone } });
  await send();
  const { deliveries } = await listNotifications({ ctx: ctx() });
  expect(deliveries[0]).toMatchObject({ receiverName: "gone", state: "waiting", tries: 1 });
  expect(deliveries[0]?.answer).not.toBe("");
  sns.destroy();
  sqs.destroy();
});
