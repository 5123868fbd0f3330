import { ListImagePipelinesCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readPipelineLog } from "./read-pipeline-log";
import { toRunNote } from "./run-note";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  const schedule = { scheduleExpression: "cron(0 3 * * ? *)" };
  await createSamplePipeline(testConsole.imageBuilder, {
    name: "Nightly",
    schedule: { ...schedule, pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" },
  });
  await createSamplePipeline(testConsole.imageBuilder, {
    name: "On updates",
    schedule: {
      ...schedule,
      pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
    },
  });
  await createSamplePipeline(testConsole.imageBuilder, { name: "By hand" });
});
afterAll(() => testConsole.close());

const read = (name: string) => readPipelineLog({ ctx: testConsole.contextOf(), input: { name } });

describe("readPipelineLog", () => {
  it("says that there is no group before the first scheduled run", async () => {
    expect(await read("By hand")).toEqual({
      group: "/aws/imagebuilder/pipeline/By-hand",
      notes: [],
      reason: "Image Builder creates the log group at the first scheduled run.",
    });
  });

  it("gives each run's note, the newest first, with the build it started", async () => {
    for (let day = 0; day < 3; day++) {
      testConsole.clock.advance(DAY_MS);
      await testConsole.imageBuilder.send(new ListImagePipelinesCommand({}));
    }
    const { notes, reason } = await read("Nightly");
    expect(reason).toBeUndefined();
    expect(notes.length).toBeGreaterThanOrEqual(3);
    expect(notes.map(({ at }) => at)).toEqual(
      notes
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(notes[0]).toMatchObject({ outcome: "started", build: { name: "nightly-recipe" } });
  });

  it("says that there are earlier runs than those that it gives", async () => {
    expect((await read("Nightly")).isCut).toBeUndefined();
    for (let day = 0; day < 12; day++) {
      testConsole.clock.advance(DAY_MS);
      await testConsole.imageBuilder.send(new ListImagePipelinesCommand({}));
    }
    const { notes, isCut } = await read("Nightly");
    expect(isCut).toBe(true);
    expect(notes.length).toBeLessThan(15);
  });

  it("says of a run that found nothing new that it was skipped", async () => {
    const { notes } = await read("On updates");
    expect(notes[0]).toMatchObject({ outcome: "skipped" });
    expect(notes[0]?.build).toBeUndefined();
  });
});

describe("a pipeline that was changed outside of the console to write to another's group", () => {
  const read = (ctx: UseCaseContext) => readPipelineLog({ ctx, input: { name: "Web thief" } });
  beforeAll(async () => {
    const pipelineLogGroupName = "/aws/imagebuilder/pipeline/Nightly";
    await createSamplePipeline(testConsole.imageBuilder, {
      name: "Web thief",
      loggingConfiguration: { pipelineLogGroupName },
    });
  });

  it("shows nobody the other's notes, and refuses whose grant does not cover that group, on record", async () => {
    const web = testConsole.contextOf({ role: "author", target: "test", namePrefix: "web-" });
    await expect(read(web)).rejects.toMatchObject({ detail: { code: "forbidden" } });
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "read-pipeline-log",
      result: "refused",
      resource: "/aws/imagebuilder/pipeline/Nightly",
    });
    const { group, notes } = await read(testConsole.contextOf());
    expect(group).toBe("/aws/imagebuilder/pipeline/Nightly");
    expect(notes.filter(({ message }) => !message.includes("thief"))).toEqual([]);
  });
});

describe("toRunNote", () => {
  it.each([
    ["Pipeline skipped", "skipped"],
    ["Not starting: no dependency updates were found", "skipped"],
    ["Pipeline execution could not be started: limit", "failed"],
    ["Started the pipeline", "started"],
    ["Resolved 3 dependencies", "other"],
  ])("reads %j as %s", (message, outcome) => {
    expect(toRunNote({ timestamp: 0, message }).outcome).toBe(outcome);
  });
});
