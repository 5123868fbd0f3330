import {
  CancelImageCreationCommand,
  DeleteImageCommand,
  type ImagebuilderClient,
  StartImagePipelineExecutionCommand,
} from "@aws-sdk/client-imagebuilder";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HISTORY_SYNC } from "@/lib/auth/history-sync";
import { HOUR_MS } from "@/lib/core/time";
import type { Database } from "@/lib/db/database";
import {
  historyBuilds,
  historyChanges,
  historyDays,
  historyPipelines,
  historySteps,
} from "@/lib/db/history-schema";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { renderBuildMetrics } from "../build-metrics";
import { readKeptUses } from "../read-kept-uses";
import { FORGOTTEN_DAY } from "./retention";
import { TargetSync } from "./target-sync";

const SETTINGS = { ratePerSecond: 3, timeZone: "Europe/Berlin" };

describe("the sync of a target", { timeout: 180_000 }, () => {
  let testConsole: TestConsole;
  let database: Database;
  beforeEach(async () => {
    testConsole = await startTestConsole();
    database = await testConsole.contextOf().database();
  });
  afterEach(() => testConsole.close());

  const newSync = (settings: Partial<ConstructorParameters<typeof TargetSync>[2]> = {}) =>
    new TargetSync(testConsole.contextOf(...HISTORY_SYNC.grants), database, { ...SETTINGS, ...settings });

  async function catchUp(sync: TargetSync) {
    while ((await sync.step()) === 0);
  }
  const builds = () => database.orm.select().from(historyBuilds).orderBy(asc(historyBuilds.createdAt));

  /** Runs a pipeline and lets so much time go that the build has ended. */
  async function run(client: ImagebuilderClient, imagePipelineArn: string): Promise<string> {
    const started = await client.send(
      new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: crypto.randomUUID() }),
    );
    testConsole.clock.advance(5 * HOUR_MS);
    return started.imageBuildVersionArn ?? "";
  }

  it("keeps every build with its stages, versions, cause and what it means beside the one before", async () => {
    const { imageBuilder } = testConsole;
    const good = await createSamplePipeline(imageBuilder, { name: "good" });
    const bad = await createSamplePipeline(imageBuilder, { name: "bad", command: "exit 23" });
    await run(imageBuilder, good);
    await run(imageBuilder, bad);
    await run(imageBuilder, good);
    await catchUp(newSync());

    const rows = await builds();
    expect(rows.map(({ pipeline, result }) => [pipeline, result])).toEqual([
      ["good", "succeeded"],
      ["bad", "failed"],
      ["good", "succeeded"],
    ]);
    const [first, failed] = rows;
    expect(first).toMatchObject({
      day: "2026-06-01",
      recipeName: "good recipe",
      recipeVersion: "1.0.0",
      baseAmi: expect.stringMatching(/^ami-/),
      components: [{ name: "good-component", version: "1.0.0" }],
      isFirstFailure: false,
      detailError: null,
    });
    expect(first?.durationMs).toBe((first?.endedAt?.getTime() ?? 0) - (first?.createdAt.getTime() ?? 0));
    expect(failed).toMatchObject({
      failedStage: "BUILDING",
      failedStep: "ApplyBuildComponents",
      failedComponent: "bad-component",
      rule: expect.any(String),
    });
    const steps = await database.orm.select().from(historySteps);
    expect(steps.filter(({ kind }) => kind === "stage").map(({ name }) => name)).toContain("Test");
    expect(steps.some(({ name, status }) => name === "ApplyBuildComponents" && status === "FAILED")).toBe(
      true,
    );
    const standings = await database.orm.select().from(historyPipelines).orderBy(historyPipelines.pipeline);
    expect(standings).toMatchObject([
      { pipeline: "bad", streakResult: "failed", streakCount: 1, lastGoodId: null },
      { pipeline: "good", streakResult: "succeeded", streakCount: 2, lastGoodId: rows[2]?.id },
    ]);
    const days = await database.orm.select().from(historyDays);
    expect(days.find(({ day, pipeline }) => day === "2026-06-01" && pipeline === "*")).toMatchObject({
      succeeded: 1,
      failed: 1,
    });
  });

  it("goes on where a killed one stopped: nothing is lost, nothing is there twice", async () => {
    const { imageBuilder } = testConsole;
    const pipelines = [
      await createSamplePipeline(imageBuilder, { name: "one" }),
      await createSamplePipeline(imageBuilder, { name: "two" }),
    ];
    for (let round = 0; round < 3; round++) for (const arn of pipelines) await run(imageBuilder, arn);
    // Each step is done by a new process that remembers nothing but the rows.
    while ((await newSync().step()) === 0);
    const rows = await builds();
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map(({ arn }) => arn)).size).toBe(6);
    expect(rows.every(({ detailedAt }) => detailedAt)).toBe(true);
    const days = await database.orm.select().from(historyDays);
    const counted = days.filter(({ pipeline }) => pipeline === "*");
    expect(counted.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(6);
  });

  it("follows: a build that runs, is canceled, and one that comes later", async () => {
    const { imageBuilder, clock } = testConsole;
    const arn = await createSamplePipeline(imageBuilder, { name: "web" });
    const sync = newSync();
    await catchUp(sync);
    const { imageBuildVersionArn } = await imageBuilder.send(
      new StartImagePipelineExecutionCommand({ imagePipelineArn: arn, clientToken: crypto.randomUUID() }),
    );
    clock.advance(10_000);
    sync.wake();
    await catchUp(sync);
    expect(await builds()).toMatchObject([{ result: "running", pipeline: "web" }]);

    await imageBuilder.send(
      new CancelImageCreationCommand({ imageBuildVersionArn, clientToken: crypto.randomUUID() }),
    );
    clock.advance(HOUR_MS);
    await run(imageBuilder, arn);
    await catchUp(sync);
    expect(await builds()).toMatchObject([
      { result: "cancelled", pipeline: "web" },
      { result: "succeeded", pipeline: "web" },
    ]);
    expect(await database.orm.select().from(historyPipelines)).toMatchObject([
      { streakResult: "succeeded", streakCount: 1 },
    ]);
  });

  it("keeps the row of an image that AWS has no more, and says so", async () => {
    const { imageBuilder, clock } = testConsole;
    const arn = await createSamplePipeline(imageBuilder, { name: "web" });
    const kept = await run(imageBuilder, arn);
    const deleted = await run(imageBuilder, arn);
    const sync = newSync();
    await catchUp(sync);
    await imageBuilder.send(new DeleteImageCommand({ imageBuildVersionArn: deleted }));
    clock.advance(25 * HOUR_MS);
    await catchUp(sync);
    const rows = await builds();
    expect(rows.map(({ arn: of, goneAt }) => [of, goneAt !== null])).toEqual([
      [kept, false],
      [deleted, true],
    ]);
    const [standing] = await database.orm.select().from(historyPipelines);
    expect(standing).toMatchObject({ streakCount: 2, lastGoodId: rows[0]?.id });
  });

  it("says what changed since the ended build before it", async () => {
    const { imageBuilder, clock } = testConsole;
    const arn = await createSamplePipeline(imageBuilder, { name: "web" });
    await run(imageBuilder, arn);
    // Amazon publishes base images every two weeks or so.
    clock.advance(40 * 24 * HOUR_MS);
    await run(imageBuilder, arn);
    await catchUp(newSync());
    const [before, after] = await builds();
    expect(await database.orm.select().from(historyChanges)).toEqual([
      expect.objectContaining({
        buildId: after?.id,
        kind: "base",
        before: before?.baseAmi,
        after: after?.baseAmi,
      }),
    ]);
  });

  it("asks no faster than it may, and counts days in the console's time zone", async () => {
    const { imageBuilder, clock, calls } = testConsole;
    const arn = await createSamplePipeline(imageBuilder, { name: "web" });
    // 22:30 UTC is the next day in Berlin.
    clock.advance(Date.UTC(2026, 5, 2, 22, 30) - clock.now());
    await run(imageBuilder, arn);
    await run(imageBuilder, arn);
    const from = clock.now();
    const before = calls.length;
    await catchUp(newSync());
    const made = calls.slice(before).filter(({ service }) => service === "imagebuilder").length;
    expect((made - 1) / ((clock.now() - from) / 1000)).toBeLessThan(SETTINGS.ratePerSecond + 0.01);
    expect((await builds())[0]?.day).toBe("2026-06-03");

    await catchUp(newSync({ timeZone: "UTC" }));
    expect((await builds())[0]?.day).toBe("2026-06-02");
    const days = await database.orm.select().from(historyDays);
    expect(days.map(({ day }) => day)).toContain("2026-06-02");
  });

  it("is current for as long as it looks, whether or not anything happens", async () => {
    const sync = newSync();
    const pipeline = await createSamplePipeline(testConsole.imageBuilder, { name: "web" });
    for (const halfMinute of Array.from({ length: 20 }, (_, index) => index)) {
      if (halfMinute === 12)
        await testConsole.imageBuilder.send(
          new StartImagePipelineExecutionCommand({ imagePipelineArn: pipeline }),
        );
      testConsole.clock.advance(30_000);
      await catchUp(sync);
      const { syncedAt = "" } = await readKeptUses(testConsole.contextOf());
      expect(testConsole.clock.now() - Date.parse(syncedAt)).toBeLessThan(60_000);
    }
  });

  it("drops what is older than it is to be kept, and does not read it again", async () => {
    const { imageBuilder, clock } = testConsole;
    const arn = await createSamplePipeline(imageBuilder, { name: "web" });
    await run(imageBuilder, arn);
    const sync = newSync({ keepDays: 7 });
    await catchUp(sync);
    expect(await builds()).toHaveLength(1);
    const metrics = async () => {
      const text = await renderBuildMetrics(database.orm, { nowMs: clock.now(), freshWithinDays: 14 });
      return text.split("\n").filter((line) => /^goldsmith_build(s_total|_duration)/.test(line));
    };
    const before = await metrics();
    clock.advance(9 * 24 * HOUR_MS);
    await catchUp(sync);
    expect(await builds()).toEqual([]);
    // Counters of the metrics must not go down.
    expect(await database.orm.select().from(historyDays)).toEqual(
      ["*", "web"].map((pipeline) => expect.objectContaining({ pipeline, day: FORGOTTEN_DAY, succeeded: 1 })),
    );
    expect(await metrics()).toEqual(before);
  });
});
