import {
  CreateWorkflowCommand,
  GetImagePipelineCommand,
  StartImagePipelineExecutionCommand,
  UpdateInfrastructureConfigurationCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterEach, expect, it } from "vitest";
import { HISTORY_SYNC } from "@/lib/auth/history-sync";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { historyDayFindings } from "@/lib/db/history-schema";
import { notificationDeliveries } from "@/lib/db/notification-schema";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { messageOf } from "@/lib/notifications/messages";
import { saveNotificationRule } from "@/lib/notifications/save-notification-rule";
import { saveReceiver } from "@/lib/notifications/save-receiver";
import type { BuildEvent, EventKind } from "@/lib/notifications/types";
import { startFailingProxy } from "@/lib/testing/failing-proxy";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { startSimulator } from "@/simulator/index";
import { TargetSync } from "./target-sync";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function openConsole(options: Parameters<typeof startTestConsole>[0] = {}) {
  const testConsole = await startTestConsole({
    ...options,
    environment: {
      GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
      GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
    },
  });
  closing.push(() => testConsole.close());
  const ctx = testConsole.contextOf(...HISTORY_SYNC.grants);
  const settings = { ratePerSecond: 100, timeZone: "UTC" };
  const target = new TargetSync(ctx, await ctx.database(), settings);
  const sync = async () => {
    testConsole.clock.advance(MINUTE_MS);
    while ((await target.step()) === 0);
  };
  return { testConsole, target, sync };
}

async function tell(testConsole: TestConsole, name: string, events: EventKind[], namePrefix = "") {
  const ctx = testConsole.contextOf();
  const receiver = { name, kind: "slack" as const, url: "http://127.0.0.1:9/hook" };
  const { id: receiverId } = await saveReceiver({ ctx, input: receiver });
  await saveNotificationRule({ ctx, input: { receiverId, events, namePrefix, isOn: true } });
  testConsole.clock.advance(1_000);
}
async function told(testConsole: TestConsole): Promise<string[]> {
  const { deliveries } = await listNotifications({ ctx: testConsole.contextOf() });
  return deliveries.map(({ receiverName, title }) => `${receiverName}: ${title}`).toSorted();
}

const WAITING = `name: approval
schemaVersion: 1.0
steps:
  - name: Launch
    action: LaunchInstance
    inputs:
      waitFor: ssmAgent
  - name: LookAtIt
    action: WaitForAction
    description: Check the test report.
    timeoutSeconds: 259200
outputs:
  - name: ImageId
    value: $.imagebuilder.imageId
`;

it("tells once of a step that waits, of a pipeline that AWS disabled, and of a stale image", async () => {
  const { testConsole, sync } = await openConsole();
  const { imageBuilder, clock } = testConsole;
  const { workflowBuildVersionArn } = await imageBuilder.send(
    new CreateWorkflowCommand({ name: "approval", semanticVersion: "1.0.0", type: "BUILD", data: WAITING }),
  );
  const waiting = await createSamplePipeline(imageBuilder, {
    name: "dbs",
    workflows: [{ workflowArn: workflowBuildVersionArn }],
    executionRole: "ImageBuilderWorkflowExecutionRole",
  });
  const good = await createSamplePipeline(imageBuilder, { name: "web" });
  await createSamplePipeline(imageBuilder, {
    name: "nightly",
    command: "exit 1",
    schedule: {
      scheduleExpression: "rate(1 hour)",
      pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY",
      autoDisablePolicy: { failureCount: 2 },
    },
  });
  await tell(testConsole, "all", ["waits-for-approval", "pipeline-disabled", "image-stale"]);
  await tell(testConsole, "web", ["waits-for-approval", "pipeline-disabled", "image-stale"], "web");
  await tell(testConsole, "builds", ["build-succeeded"]);
  const run = (imagePipelineArn: string) =>
    imageBuilder.send(
      new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: crypto.randomUUID() }),
    );
  await run(waiting);
  await run(good);
  for (let quarter = 0; quarter < 20; quarter++) {
    clock.advance(HOUR_MS / 4);
    await sync();
  }
  expect(await told(testConsole)).toEqual([
    "all: AWS disabled the pipeline nightly in Test",
    "all: dbs recipe 1.0.0/1 waits for approval in Test",
    "builds: web recipe 1.0.0/1 succeeded in Test",
  ]);

  const { freshWithinDays } = testConsole.runtime.config.history;
  clock.advance((freshWithinDays + 1) * DAY_MS);
  await sync();
  await sync();
  expect((await told(testConsole)).filter((line) => line.includes("stale"))).toEqual([
    "all: The latest image of web is stale in Test",
    "web: The latest image of web is stale in Test",
  ]);
}, 120_000);

it("tells once of critical findings that come after the build's end, and leaves the history as it was", async () => {
  const { testConsole, sync } = await openConsole();
  const { imageBuilder, clock } = testConsole;
  const scanned = { imageScanningConfiguration: { imageScanningEnabled: true } };
  const pipelines = [];
  for (const name of ["web", "dbs"]) {
    const arn = await createSamplePipeline(imageBuilder, { name, ...scanned });
    pipelines.push(arn);
    const { infrastructureConfigurationArn } =
      (await imageBuilder.send(new GetImagePipelineCommand({ imagePipelineArn: arn }))).imagePipeline ?? {};
    if (name === "web")
      await imageBuilder.send(
        new UpdateInfrastructureConfigurationCommand({
          infrastructureConfigurationArn,
          instanceProfileName: "EC2InstanceProfileForImageBuilder",
          resourceTags: { "simulator:late-finding": "48" },
          clientToken: crypto.randomUUID(),
        }),
      );
  }
  await tell(testConsole, "all", ["critical-findings"]);
  await tell(testConsole, "others", ["critical-findings"], "dbs");
  for (const imagePipelineArn of pipelines)
    await imageBuilder.send(
      new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: crypto.randomUUID() }),
    );
  const pass = async (hours: number) => {
    clock.advance(hours * HOUR_MS);
    await sync();
    // What this step found out may be what the next one works with.
    await sync();
  };
  await pass(0);
  await pass(6);
  const atEnd = await told(testConsole);
  const days = async () => {
    const { orm } = await testConsole.contextOf().database();
    return orm.select().from(historyDayFindings);
  };
  const found = await days();
  await pass(36);
  expect(await told(testConsole)).toEqual(atEnd);
  await pass(12);
  const late = (await told(testConsole)).filter((line) => !atEnd.includes(line));
  expect(late).toEqual([
    expect.stringMatching(/^all: web recipe 1\.0\.0\/1 has \d+ critical findings? in Test$/),
  ]);
  const { orm } = await testConsole.contextOf().database();
  const events = await orm.select({ event: notificationDeliveries.event }).from(notificationDeliveries);
  const lines = events.flatMap(
    ({ event }) => messageOf(event as BuildEvent, { consoleUrl: "", label: "" }).lines,
  );
  expect(lines.filter((line) => line.startsWith("Found after the build"))).toHaveLength(1);
  await pass(6);
  expect((await told(testConsole)).filter((line) => !atEnd.includes(line))).toEqual(late);
  expect(await days()).toEqual(found);
}, 120_000);

it("asks AWS for nothing that no rule asks for", async () => {
  const { testConsole, sync } = await openConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "web" });
  await sync();
  testConsole.calls.splice(0);
  await sync();
  await sync();
  expect(testConsole.calls.map(({ operation }) => operation)).not.toContain("ListWaitingWorkflowSteps");
}, 60_000);

it("tells that AWS refuses, later that it is behind, and to the same receivers that it is over", async () => {
  const simulator = await startSimulator({ port: 0, seed: "empty" });
  const proxy = await startFailingProxy(simulator.url);
  closing.push(() => simulator.close(), proxy.close);
  const { testConsole, target, sync } = await openConsole({ endpoint: proxy.url });
  await tell(testConsole, "refusals", ["aws-refuses"], "web-");
  await tell(testConsole, "lag", ["sync-behind"]);
  await sync();
  const fail = () => sync().catch((error) => target.noteMistake(toConsoleError(error)));

  proxy.breakDown("imagebuilder", "refuses");
  await fail();
  await fail();
  expect(await told(testConsole)).toEqual(["refusals: AWS refuses the console in Test"]);
  testConsole.clock.advance(20 * MINUTE_MS);
  await fail();
  expect(await told(testConsole)).toEqual([
    "lag: The console is behind in Test",
    "refusals: AWS refuses the console in Test",
  ]);

  proxy.breakDown(undefined);
  await sync();
  await sync();
  expect((await told(testConsole)).filter((line) => line.includes("again"))).toEqual([
    "lag: The console reads AWS again in Test",
    "refusals: The console reads AWS again in Test",
  ]);

  // Another time is another event.
  proxy.breakDown("imagebuilder", "refuses");
  await fail();
  expect((await told(testConsole)).filter((line) => line.startsWith("refusals: AWS refuses"))).toHaveLength(
    2,
  );
}, 60_000);
