import {
  GetImageCommand,
  GetImagePipelineCommand,
  ListImagePipelineImagesCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuditLog } from "@/lib/audit/audit-log";
import { listPipelines } from "@/lib/overview/list-pipelines";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { arnOfBuild } from "../image-builds/image-build-key";
import { getPipeline } from "./get-pipeline";
import { runPipeline } from "./run-pipeline";
import { setPipelineStatus } from "./set-pipeline-status";

let testConsole: TestConsole;
let arn: string;
beforeAll(async () => {
  testConsole = await startTestConsole();
  arn = await createSamplePipeline(testConsole.imageBuilder, {
    name: "Web Base",
    description: "Base of all web servers",
    schedule: { scheduleExpression: "cron(0 3 * * ? *)", timezone: "Europe/Berlin" },
    imageTags: { team: "web" },
  });
});
afterAll(() => testConsole.close());
beforeEach(() => testConsole.clock.advance(60_000));

const pipelineInAws = async () =>
  (await testConsole.imageBuilder.send(new GetImagePipelineCommand({ imagePipelineArn: arn }))).imagePipeline;
const lastAuditRow = async () => (await testConsole.auditRows()).at(-1);

describe("listPipelines", () => {
  it("gives each pipeline with its schedule in words and its next run", async () => {
    const [pipeline] = (await listPipelines({ ctx: testConsole.contextOf() })).pipelines;
    expect(pipeline).toMatchObject({
      arn,
      name: "Web Base",
      status: "ENABLED",
      type: "AMI",
      recipe: { kind: "image-recipe", name: "web-base-recipe", version: "1.0.0" },
      schedule: { words: "Every day at 03:00, Europe/Berlin" },
      nextRunAt: "2026-06-02T01:00:00.000Z",
      buildsAreRead: true,
    });
  });

  it("leaves out what the actor's name prefix does not cover", async () => {
    const ctx = testConsole.contextOf({ role: "viewer", target: "test", namePrefix: "db-" });
    expect((await listPipelines({ ctx })).pipelines).toEqual([]);
  });

  it("asks AWS for ten viewers as often as for one", async () => {
    const callsOf = async (viewers: number) => {
      testConsole.clock.advance(60_000);
      const before = testConsole.calls.length;
      await Promise.all(
        Array.from({ length: viewers }, () => listPipelines({ ctx: testConsole.contextOf() })),
      );
      return testConsole.calls.length - before;
    };
    const forOne = await callsOf(1);
    expect(forOne).toBeGreaterThan(0);
    expect(await callsOf(10)).toBe(forOne);
  });
});

describe("getPipeline", () => {
  it("gives what the pipeline is made of and its next three runs", async () => {
    const pipeline = await getPipeline({ ctx: testConsole.contextOf(), input: { name: "Web Base" } });
    expect(pipeline).toMatchObject({
      description: "Base of all web servers",
      imageTests: { enabled: true },
      recipeDetail: { components: [{ name: "web-base-component", version: "1.0.0" }] },
      infrastructure: {
        name: "Web Base infrastructure",
        instanceProfileName: "EC2InstanceProfileForImageBuilder",
      },
      nextRuns: ["2026-06-02T01:00:00.000Z", "2026-06-03T01:00:00.000Z", "2026-06-04T01:00:00.000Z"],
      hidden: [],
    });
  });

  it("says which pipeline, target and Region it did not find", async () => {
    const ctx = testConsole.contextOf();
    await expect(getPipeline({ ctx, input: { name: "nothing" } })).rejects.toMatchObject({
      detail: { code: "not-found", message: 'Test has no pipeline "nothing" in us-east-1.' },
    });
  });
});

describe("runPipeline", () => {
  it("starts a build that AWS has and lists show at once, and puts it on record", async () => {
    const ctx = testConsole.contextOf();
    const key = await runPipeline({ ctx, input: { name: "Web Base" } });
    expect(key).toEqual({ name: "web-base-recipe", version: "1.0.0", build: "1" });

    const imageBuildVersionArn = arnOfBuild(ctx.target, key);
    const { image } = await testConsole.imageBuilder.send(new GetImageCommand({ imageBuildVersionArn }));
    expect(image?.buildType).toBe("USER_INITIATED");
    const [pipeline] = (await listPipelines({ ctx })).pipelines;
    expect(pipeline?.lastBuild).toMatchObject(key);
    expect(await lastAuditRow()).toMatchObject({
      actorId: "local-administrator",
      targetId: "test",
      action: "run-pipeline",
      resource: "Web Base",
      result: "succeeded",
      after: { imageBuildVersionArn },
      awsRequestId: expect.stringMatching(/.+/),
    });
  });

  it("refuses a viewer, starts nothing and puts the refusal on record", async () => {
    const buildsInAws = async () => {
      const command = new ListImagePipelineImagesCommand({ imagePipelineArn: arn });
      return (await testConsole.imageBuilder.send(command)).imageSummaryList?.length;
    };
    const before = await buildsInAws();
    const ctx = testConsole.contextOf({ role: "viewer", target: "test" });
    await expect(runPipeline({ ctx, input: { name: "Web Base" } })).rejects.toMatchObject({
      detail: {
        code: "forbidden",
        message: "You need the role operator on Test to run this pipeline (Web Base).",
      },
    });
    expect(await buildsInAws()).toBe(before);
    expect(await lastAuditRow()).toMatchObject({
      actorId: "ana@example.com",
      action: "run-pipeline",
      resource: "Web Base",
      result: "refused",
    });
  });

  it("refuses a name that no pipeline can have", async () => {
    const ctx = testConsole.contextOf();
    await expect(runPipeline({ ctx, input: { name: "../x" } })).rejects.toThrow(/letters, digits/);
  });

  it("starts nothing while it could not be put on record, and reads go on", async () => {
    const away = async () => {
      throw new Error("connect ECONNREFUSED");
    };
    const whole = testConsole.contextOf();
    const ctx = { ...whole, audit: openAuditLog(away, testConsole.clock, whole) };
    const before = testConsole.calls.length;
    await expect(runPipeline({ ctx, input: { name: "Web Base" } })).rejects.toMatchObject({
      detail: { code: "unavailable", message: expect.stringContaining("database") },
    });
    expect(testConsole.calls.length).toBe(before);
    expect((await listPipelines({ ctx })).pipelines).toHaveLength(1);
  });

  it("puts a failure on record with AWS's reason", async () => {
    const ctx = testConsole.contextOf();
    await expect(runPipeline({ ctx, input: { name: "gone" } })).rejects.toMatchObject({
      detail: { code: "not-found" },
    });
    expect(await lastAuditRow()).toMatchObject({
      action: "run-pipeline",
      resource: "gone",
      result: "failed",
    });
  });
});

describe("setPipelineStatus", () => {
  it("changes the status and nothing else, though an update replaces the whole", async () => {
    const before = await pipelineInAws();
    const ctx = testConsole.contextOf({ role: "author", target: "test" });
    await setPipelineStatus({ ctx, input: { name: "Web Base", status: "DISABLED" } });
    const after = await pipelineInAws();
    expect(after?.status).toBe("DISABLED");
    const { status: _1, dateUpdated: _2, dateNextRun: _3, ...kept } = after ?? {};
    const { status: _4, dateUpdated: _5, dateNextRun: _6, ...expected } = before ?? {};
    expect(kept).toEqual(expected);
    expect(await lastAuditRow()).toMatchObject({
      action: "set-pipeline-status",
      before: { status: "ENABLED" },
      after: { status: "DISABLED" },
    });
  });

  it("is seen by the next read, and takes the next run away", async () => {
    const pipeline = await getPipeline({ ctx: testConsole.contextOf(), input: { name: "Web Base" } });
    expect(pipeline).toMatchObject({ status: "DISABLED", nextRuns: [] });
    expect(pipeline.nextRunAt).toBeUndefined();
  });

  it("refuses an operator", async () => {
    const ctx = testConsole.contextOf({ role: "operator", target: "test" });
    const input = { name: "Web Base", status: "ENABLED" as const };
    await expect(setPipelineStatus({ ctx, input })).rejects.toMatchObject({ detail: { code: "forbidden" } });
    expect((await pipelineInAws())?.status).toBe("DISABLED");
  });
});
