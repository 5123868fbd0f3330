import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import {
  GetImagePipelineCommand,
  type ImagebuilderClient,
  StartImagePipelineExecutionCommand,
  UpdateImagePipelineCommand,
} from "@aws-sdk/client-imagebuilder";
import { SMTPServer } from "smtp-server";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HISTORY_SYNC } from "@/lib/auth/history-sync";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { notificationReceivers } from "@/lib/db/notification-schema";
import { TargetSync } from "@/lib/history/sync/target-sync";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { deleteNotificationRule } from "./delete-notification-rule";
import { deleteReceiver } from "./delete-receiver";
import { listNotifications } from "./list-notifications";
import { sendDue } from "./notification-sender";
import { writeDeliveries } from "./raise-event";
import { resendNotification } from "./resend-notification";
import { saveNotificationRule } from "./save-notification-rule";
import { saveReceiver } from "./save-receiver";
import { testReceiver } from "./test-receiver";
import type { EventKind } from "./types";

type Received = { path: string; headers: IncomingHttpHeaders; body: string };

/** A receiver of webhooks that answers what a test sets. */
async function startReceiver() {
  const received: Received[] = [];
  const answers = { status: 200, text: "ok" };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    received.push({ path: String(request.url), headers: request.headers, body });
    response.writeHead(answers.status).end(answers.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { received, answers, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function startMailServer() {
  const mails: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      let text = "";
      stream.on("data", (part) => {
        text += String(part);
      });
      stream.on("end", () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { mails, url: `smtp://127.0.0.1:${port}`, close: () => server.close(() => undefined) };
}

describe("notifications", { timeout: 60_000 }, () => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let mailServer: Awaited<ReturnType<typeof startMailServer>>;
  let testConsole: TestConsole;
  beforeEach(async () => {
    receiver = await startReceiver();
    mailServer = await startMailServer();
    testConsole = await startTestConsole({
      environment: {
        GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
        GOLDSMITH_SMTP_URL: mailServer.url,
        GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
        GOLDSMITH_URL: "https://images.example.com",
      },
    });
  });
  afterEach(async () => {
    await testConsole.close();
    receiver.close();
    mailServer.close();
  });

  const context = () => testConsole.contextOf();
  async function addReceiver(input: Partial<Parameters<typeof saveReceiver>[0]["input"]> = {}) {
    const url = `${receiver.url}/hook`;
    return saveReceiver({
      ctx: context(),
      input: { name: "tickets", kind: "webhook", url, ...input } as Parameters<
        typeof saveReceiver
      >[0]["input"],
    });
  }
  const addRule = (receiverId: string, events: EventKind[], namePrefix = "") =>
    saveNotificationRule({ ctx: context(), input: { receiverId, events, namePrefix, isOn: true } });

  async function send(): Promise<number> {
    const database = await context().database();
    const { settings, targets, clock } = context();
    const config = { ...settings, targets } as unknown as Parameters<typeof sendDue>[0]["config"];
    return sendDue({ config, clock, aws: testConsole.runtime.aws }, database);
  }

  async function sync(): Promise<void> {
    const ctx = testConsole.contextOf(...HISTORY_SYNC.grants);
    const settings = { ratePerSecond: 100, timeZone: "UTC" };
    const target = new TargetSync(ctx, await ctx.database(), settings);
    while ((await target.step()) === 0);
  }

  async function run(client: ImagebuilderClient, imagePipelineArn: string): Promise<void> {
    await client.send(
      new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: crypto.randomUUID() }),
    );
    testConsole.clock.advance(5 * HOUR_MS);
    await sync();
  }

  it("sends a failed build once, signed, with its cause and a link, however often the sync sees it", async () => {
    const { secret = "", id } = await addReceiver();
    await addRule(id, ["build-failed", "first-failure"]);
    await addRule(id, ["build-failed"], "bad");
    const bad = await createSamplePipeline(testConsole.imageBuilder, { name: "bad", command: "exit 23" });
    await run(testConsole.imageBuilder, bad);
    await sync();
    while ((await send()) > 0);
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body }] = receiver.received as [Received];
    const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
    expect(headers["webhook-signature"]).toBe(
      new Webhook(secret).sign(String(headers["webhook-id"]), at, body),
    );
    const sent = JSON.parse(body) as {
      type: string;
      data: { link: string; image: { name: string }; kinds: string[] };
    };
    expect(sent.type).toBe("build.failed");
    expect(sent.data.link).toMatch(/^https:\/\/images\.example\.com\/test\/images\/bad/);
    expect(sent.data.kinds).toEqual(["build-failed"]);
  });

  it("tells nobody of what ended before the rule, of other names, or of other events", async () => {
    const good = await createSamplePipeline(testConsole.imageBuilder, { name: "good" });
    const bad = await createSamplePipeline(testConsole.imageBuilder, { name: "bad", command: "exit 23" });
    await run(testConsole.imageBuilder, bad);
    testConsole.clock.advance(HOUR_MS);
    const { id } = await addReceiver();
    await addRule(id, ["build-failed"]);
    const { id: other } = await addReceiver({ name: "other", url: `${receiver.url}/other` });
    await addRule(other, ["build-succeeded"], "web-");
    await sync();
    await run(testConsole.imageBuilder, good);
    while ((await send()) > 0);
    expect(receiver.received).toEqual([]);
  });

  it("says that a pipeline recovered, by Slack, Teams and e-mail", async () => {
    const pipeline = await createSamplePipeline(testConsole.imageBuilder, {
      name: "web",
      command: "exit 23",
    });
    await run(testConsole.imageBuilder, pipeline);
    const slack = await addReceiver({ name: "slack", kind: "slack", url: `${receiver.url}/slack` });
    const teams = await addReceiver({ name: "teams", kind: "teams", url: `${receiver.url}/teams` });
    const mail = await addReceiver({
      name: "mail",
      kind: "email",
      url: undefined,
      to: ["a@example.com", "b@example.com"],
    });
    for (const { id } of [slack, teams, mail]) await addRule(id, ["recovered"]);
    const fixed = await createSamplePipeline(testConsole.imageBuilder, { name: "fixed" });
    const { imagePipeline } = await testConsole.imageBuilder.send(
      new GetImagePipelineCommand({ imagePipelineArn: fixed }),
    );
    await testConsole.imageBuilder.send(
      new UpdateImagePipelineCommand({
        imagePipelineArn: pipeline,
        imageRecipeArn: imagePipeline?.imageRecipeArn,
        infrastructureConfigurationArn: imagePipeline?.infrastructureConfigurationArn,
        clientToken: crypto.randomUUID(),
      }),
    );
    await run(testConsole.imageBuilder, pipeline);
    while ((await send()) > 0);
    const bodyOf = (path: string) => receiver.received.find((each) => each.path === path)?.body ?? "";
    expect(JSON.parse(bodyOf("/slack")).text).toMatch(/succeeded in Test: recovered$/);
    expect(JSON.parse(bodyOf("/teams")).attachments[0].content.body[0].text).toContain("recovered");
    expect(mailServer.mails.map(({ to }) => to)).toEqual([["a@example.com", "b@example.com"]]);
    expect(mailServer.mails[0]?.text).toContain("recovered");
  });

  it("tries again later and later, in order, gives up after a day, and sends again when asked", async () => {
    const { id } = await addReceiver();
    for (let count = 0; count < 2; count++) await testReceiver({ ctx: context(), input: { id } });
    receiver.answers.status = 503;
    const triedAt: number[] = [];
    for (let minute = 0; minute < 26 * 60; minute++) {
      if ((await send()) > 0 && receiver.received.length <= 40) triedAt.push(minute);
      testConsole.clock.advance(MINUTE_MS);
    }
    const { deliveries } = await listNotifications({ ctx: context() });
    expect(deliveries.map(({ state }) => state)).toEqual(["dead", "dead"]);
    const gaps = triedAt.slice(1, 7).map((at, index) => at - (triedAt[index] ?? 0));
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    const ids = receiver.received.map(({ headers }) => String(headers["webhook-id"]));
    expect(new Set(ids).size).toBe(2);
    expect(ids).toEqual(ids.toSorted((a, b) => ids.indexOf(a) - ids.indexOf(b)));

    receiver.answers.status = 200;
    const oldest = deliveries.at(-1)?.id ?? 0;
    await resendNotification({ ctx: context(), input: { id: oldest } });
    while ((await send()) > 0);
    const after = await listNotifications({ ctx: context() });
    expect(after.deliveries.map(({ state }) => state)).toEqual(["dead", "sent"]);
    expect(receiver.received.at(-1)?.headers["webhook-id"]).toBe(ids[0]);
  });

  it.each([400, 410])(
    "gives a message up at once that is refused with %i, and sends the next",
    async (status) => {
      const { id } = await addReceiver();
      for (let count = 0; count < 2; count++) await testReceiver({ ctx: context(), input: { id } });
      receiver.answers.status = status;
      await send();
      const refused = await listNotifications({ ctx: context() });
      expect(refused.deliveries.at(-1)).toMatchObject({
        state: "dead",
        tries: 1,
        answer: expect.stringContaining(String(status)),
      });
      expect(refused.receivers[0]?.last?.state).toBe("dead");
      receiver.answers.status = 200;
      await send();
      const { deliveries } = await listNotifications({ ctx: context() });
      expect(deliveries.map(({ state }) => state)).toEqual(["sent", "dead"]);
    },
  );

  it("says how a quiet receiver does, behind more messages of another than the log shows", async () => {
    const quiet = await addReceiver({ name: "quiet" });
    await testReceiver({ ctx: context(), input: { id: quiet.id } });
    while ((await send()) > 0);
    const busy = await addReceiver({ name: "busy", url: `${receiver.url}/busy` });
    for (let count = 0; count < 51; count++) await testReceiver({ ctx: context(), input: { id: busy.id } });
    const { receivers, isCut } = await listNotifications({ ctx: context() });
    expect(isCut).toBe(true);
    expect(receivers.find(({ name }) => name === "quiet")?.last?.state).toBe("sent");
  });

  it("keeps no address or secret readable, shows none again, and puts none on record", async () => {
    const url = `${receiver.url}/services/T0/B0/very-secret-part`;
    const { secret = "", id } = await addReceiver({ url });
    const { orm } = await context().database();
    const stored = JSON.stringify(await orm.select().from(notificationReceivers));
    const shown = JSON.stringify(await listNotifications({ ctx: context() }));
    await deleteReceiver({ ctx: context(), input: { id } });
    const record = JSON.stringify(await testConsole.auditRows());
    for (const text of [stored, shown, record]) {
      expect(text).not.toContain("very-secret-part");
      expect(text).not.toContain(secret);
    }
    expect(record).toContain("save-receiver");
    expect(record).toContain("delete-receiver");
  });

  it("keeps rules and deliveries of other names from who may not see them", async () => {
    const { id } = await addReceiver();
    await addRule(id, ["build-failed"], "db-");
    await addRule(id, ["build-failed"]);
    await addRule(id, ["build-failed"], "web-front");
    const web = testConsole.contextOf({ target: "test", role: "admin", namePrefix: "web-" });
    const { rules } = await listNotifications({ ctx: web });
    expect(rules.map(({ namePrefix }) => namePrefix)).toEqual(["web-front"]);
    const input = { receiverId: id, events: ["build-failed" as const], namePrefix: "", isOn: true };
    await expect(saveNotificationRule({ ctx: web, input })).rejects.toMatchObject({
      detail: { code: "forbidden" },
    });
  });

  it("lets nobody redirect or end the messages of names that are not theirs", async () => {
    const web = testConsole.contextOf({ target: "test", role: "admin", namePrefix: "web-" });
    const change = (id: string) => ({
      id,
      name: "mine",
      kind: "webhook" as const,
      url: `${receiver.url}/mine`,
    });
    const forbidden = { detail: { code: "forbidden" } };
    for (const [index, namePrefix] of ["db-", "", "we", "WEB"].entries()) {
      const { id } = await addReceiver({ name: `receiver ${index}` });
      await addRule(id, ["build-failed"], namePrefix);
      await addRule(id, ["build-failed"], "web-front");
      await expect(saveReceiver({ ctx: web, input: change(id) })).rejects.toMatchObject(forbidden);
      await expect(deleteReceiver({ ctx: web, input: { id } })).rejects.toMatchObject(forbidden);
    }
    expect((await testConsole.auditRows()).filter(({ result }) => result === "refused")).toHaveLength(8);
    const { id } = await addReceiver({ name: "of their own" });
    await addRule(id, ["build-failed"], "web-front");
    await saveReceiver({ ctx: web, input: change(id) });
    await deleteReceiver({ ctx: web, input: { id } });
  });

  it("lets nobody redirect what waits for a rule that is gone", async () => {
    const { id } = await addReceiver();
    const rule = await addRule(id, ["build-failed"], "");
    const bad = await createSamplePipeline(testConsole.imageBuilder, { name: "bad", command: "exit 23" });
    await run(testConsole.imageBuilder, bad);
    await deleteNotificationRule({ ctx: context(), input: rule });
    const web = testConsole.contextOf({ target: "test", role: "admin", namePrefix: "web-" });
    await expect(
      saveReceiver({ ctx: web, input: { id, name: "mine", kind: "webhook", url: `${receiver.url}/mine` } }),
    ).rejects.toMatchObject({ detail: { code: "forbidden" } });
  });

  it("shows the newest deliveries of one's own names, however many others there are", async () => {
    const { id } = await addReceiver();
    const { orm } = await context().database();
    const at = new Date(context().clock.now());
    const deliver = (name: string, number: number) =>
      writeDeliveries(orm, new Map([[id, at.getTime()]]), eventOf(name), `${name} ${number}`, at);
    await deliver("web-front", 0);
    for (let number = 0; number < 51; number++) await deliver("db-main", number);
    const web = testConsole.contextOf({ target: "test", role: "author", namePrefix: "web-" });
    const { deliveries, isCut } = await listNotifications({ ctx: web });
    expect(deliveries.map(({ title }) => title)).toEqual([expect.stringContaining("web-front")]);
    expect(isCut, "says nothing of what others have").toBe(false);
  });
});

const eventOf = (name: string) => ({
  kinds: ["build-failed" as const],
  targetId: "test",
  arn: `arn:aws:imagebuilder:us-east-1:111111111111:image/${name}/1.0.0/1`,
  image: { name, displayName: name, version: "1.0.0", build: "1" },
  endedAt: new Date(0).toISOString(),
  amis: [],
});
