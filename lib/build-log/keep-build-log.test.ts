import { StartImagePipelineExecutionCommand } from "@aws-sdk/client-imagebuilder";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { keepBuildLog } from "./keep-build-log";
import { KeptLogs } from "./kept/kept-logs";
import { openBuildLog } from "./open-build-log";
import { LOG_START } from "./tail/log-chunk";

let testConsole: TestConsole;
beforeEach(async () => {
  testConsole = await startTestConsole();
});
afterEach(() => testConsole.close());

/** A build that ended some time ago, and how many parts of its log are kept. */
async function endedBuild(name: string) {
  const { imageBuilder, clock } = testConsole;
  const imagePipelineArn = await createSamplePipeline(imageBuilder, { name });
  const { imageBuildVersionArn = "" } = await imageBuilder.send(
    new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: crypto.randomUUID() }),
  );
  clock.advance(5 * HOUR_MS);
  const [, imageName = "", version = "", number = ""] = imageBuildVersionArn.split("/");
  const ctx = testConsole.contextOf();
  const build = await getImageBuild({ ctx, input: { name: imageName, version, build: number } });
  const key = { targetId: ctx.target.id, imageArn: imageBuildVersionArn };
  return { ctx, build, parts: () => new KeptLogs(ctx.database).partCount(key) };
}

it("keeps the log of a build that has just ended, though nobody looks at it", async () => {
  const { ctx, build, parts } = await endedBuild("fresh");
  const endedAt = new Date(ctx.clock.now() - 60_000).toISOString();
  await keepBuildLog(ctx, { ...build, endedAt });
  await vi.waitUntil(async () => (await parts()) === 1);
});

it("reads no log of a build that ended before the console looked", async () => {
  const { ctx, build, parts } = await endedBuild("old");
  const endedAt = new Date(ctx.clock.now() - 2 * HOUR_MS).toISOString();
  await keepBuildLog(ctx, { ...build, endedAt });
  expect(await parts()).toBe(0);
});

it.each([
  "/aws/imagebuilder/another",
  "/aws/imagebuilder/pipeline/fresh",
  "/aws/imagebuilder/fresh-recipe/more",
  "/aws/lambda/fresh-recipe",
])(
  "keeps no log of the group %s, whoever reads it: its streams name a version and no image",
  async (group) => {
    const { ctx, build, parts } = await endedBuild("fresh");
    const endedAt = new Date(ctx.clock.now() - 60_000).toISOString();
    const elsewhere = { ...build, endedAt, log: { ...build.log, group } };
    await keepBuildLog(ctx, elsewhere);
    const tail = await openBuildLog(ctx, elsewhere);
    // A group that is not there has no end to wait for.
    const reading = tail.follow(LOG_START, AbortSignal.timeout(500));
    while (!(await reading.next()).done);
    expect(await parts()).toBe(0);
  },
);
