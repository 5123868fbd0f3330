import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { HOUR_MS } from "@/lib/core/time";
import { listImageBuilds } from "@/lib/overview/list-image-builds";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { runPipeline } from "../pipelines/run-pipeline";
import { cancelImageBuild } from "./cancel-image-build";
import { getImageBuild } from "./get-image-build";
import { arnOfBuild } from "./image-build-key";
import { retryImageBuild } from "./retry-image-build";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "good" });
  await createSamplePipeline(testConsole.imageBuilder, { name: "bad", command: "exit 3" });
  await createSamplePipeline(testConsole.imageBuilder, { name: "slow" });
});
afterAll(() => testConsole.close());

const run = (name: string) => runPipeline({ ctx: testConsole.contextOf(), input: { name } });
const read = (input: ImageBuildKey) => getImageBuild({ ctx: testConsole.contextOf(), input });
const statusInAws = async (key: ImageBuildKey) => {
  const imageBuildVersionArn = arnOfBuild(testConsole.target, key);
  return (await testConsole.imageBuilder.send(new GetImageCommand({ imageBuildVersionArn }))).image?.state
    ?.status;
};

describe("getImageBuild", () => {
  it("shows a build as it moves and, at its end, its AMI, stages, steps and time", async () => {
    const key = await run("good");
    expect((await read(key)).stages[0]).toMatchObject({ name: "Create", state: "running" });

    testConsole.clock.advance(HOUR_MS);
    const build = await read(key);
    expect(build).toMatchObject({
      status: "AVAILABLE",
      pipelineName: "good",
      amis: [{ region: "us-east-1", amiId: expect.stringMatching(/^ami-/) }],
      log: { group: "/aws/imagebuilder/good-recipe", stream: "1.0.0/1" },
      recipe: { kind: "image-recipe", name: "good recipe", version: "1.0.0" },
      components: [{ name: "good-component", version: "1.0.0" }],
      hidden: [],
    });
    expect(build.stages.map(({ state }) => state)).toEqual(Array(5).fill("succeeded"));
    expect(build.workflows.map(({ type }) => type)).toEqual(["BUILD", "TEST", "DISTRIBUTION"]);
    expect(build.workflows[0]?.steps.map(({ name }) => name)).toContain("ApplyBuildComponents");
    expect(build.durationMs).toBeGreaterThan(0);
  });

  it("names the step, phase and component that failed, from AWS's failure context", async () => {
    const key = await run("bad");
    testConsole.clock.advance(HOUR_MS);
    const build = await read(key);
    expect(build).toMatchObject({
      status: "FAILED",
      reason: expect.stringContaining("failed"),
      failure: {
        stage: "BUILDING",
        failedStep: "ApplyBuildComponents",
        component: {
          arn: expect.stringContaining("component/bad-component/1.0.0/1"),
          phase: "build",
          step: "SayHello",
        },
      },
    });
    expect(build.stages.map(({ state }) => state)).toEqual([
      "succeeded",
      "failed",
      "skipped",
      "skipped",
      "skipped",
    ]);
  });

  it("asks AWS no more about the steps of a build that has ended", async () => {
    const [ended] = (await listImageBuilds({ ctx: testConsole.contextOf() })).filter(
      ({ status }) => status === "AVAILABLE",
    );
    if (!ended) throw new Error("no build has ended");
    const { name, version, build } = ended;
    await read({ name, version, build });
    testConsole.clock.advance(60_000);
    const before = testConsole.calls.length;
    await read({ name, version, build });
    expect(testConsole.calls.slice(before).map(({ operation }) => operation)).toEqual(["GetImage"]);
  });

  it("says that a build does not exist", async () => {
    await expect(read({ name: "nothing", version: "1.0.0", build: "1" })).rejects.toMatchObject({
      detail: { code: "not-found" },
    });
  });
});

describe("listImageBuilds", () => {
  it("gives all builds newest first with their pipelines", async () => {
    const builds = await listImageBuilds({ ctx: testConsole.contextOf() });
    expect(builds.map(({ pipelineName, status }) => [pipelineName, status])).toEqual([
      ["bad", "FAILED"],
      ["good", "AVAILABLE"],
    ]);
  });
});

describe("cancelImageBuild", () => {
  it("stops a build that runs, for an operator, and puts it on record", async () => {
    const key = await run("slow");
    testConsole.clock.advance(10_000);
    const ctx = testConsole.contextOf({ role: "operator", target: "test" });
    await cancelImageBuild({ ctx, input: key });
    testConsole.clock.advance(HOUR_MS);
    expect(await statusInAws(key)).toBe("CANCELLED");
    expect((await read(key)).stages.some(({ state }) => state === "cancelled")).toBe(true);
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      actorId: "ana@example.com",
      action: "cancel-image-build",
      result: "succeeded",
    });
  });

  it("passes on why AWS does not cancel a build that has ended", async () => {
    const key = { name: "good-recipe", version: "1.0.0", build: "1" };
    const refused = cancelImageBuild({ ctx: testConsole.contextOf(), input: key });
    await expect(refused).rejects.toMatchObject({
      detail: { code: expect.stringMatching(/invalid|conflict/) },
    });
    expect(await statusInAws(key)).toBe("AVAILABLE");
  });

  it("refuses a viewer, and a key that is none", async () => {
    const key = await run("slow");
    const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
    await expect(cancelImageBuild({ ctx: viewer, input: key })).rejects.toMatchObject({
      detail: { code: "forbidden" },
    });
    expect(await statusInAws(key)).not.toBe("CANCELLED");
    const strange = { ...key, name: "a/../b" };
    await expect(cancelImageBuild({ ctx: testConsole.contextOf(), input: strange })).rejects.toThrow();
  });
});

describe("retryImageBuild", () => {
  it("passes on why AWS does not retry a build that went well", async () => {
    const key = { name: "good-recipe", version: "1.0.0", build: "1" };
    await expect(retryImageBuild({ ctx: testConsole.contextOf(), input: key })).rejects.toMatchObject({
      detail: { code: expect.stringMatching(/invalid|conflict/) },
    });
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "retry-image-build",
      result: "failed",
    });
  });
});
