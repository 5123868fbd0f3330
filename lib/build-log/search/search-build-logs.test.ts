import { StartImagePipelineExecutionCommand } from "@aws-sdk/client-imagebuilder";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wellFormedText } from "@/lib/core/canonical-text";
import { HOUR_MS } from "@/lib/core/time";
import { hostileText } from "@/lib/testing/hostile-json";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { KeptLogs } from "../kept/kept-logs";
import { searchBuildLogs } from "../search-build-logs";
import { LogRecord } from "../tail/log-record";
import { writeInsightsQuery } from "./insights-query";
import { lineKeyOf, shownMessage } from "./shown-message";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

const search = (text: string, days?: string) =>
  searchBuildLogs({ ctx: testConsole.contextOf(), input: { text, days } });

describe("what a search shows of a line", () => {
  const long = fc.oneof(
    hostileText,
    fc.constantFrom("x".repeat(5_000), "😀".repeat(3_000), "y".repeat(1_000_000)),
  );
  it("is bounded and well-formed, holds what was looked for, and finds the line again", () => {
    fc.assert(
      fc.property(long, fc.constantFrom("needle", "No space left"), long, (before, text, after) => {
        const message = `${before}${text}${after}`;
        const shown = shownMessage(message, text);
        expect(shown.length).toBeLessThanOrEqual(2_000);
        expect(shown.isWellFormed() && !shown.includes("\0")).toBe(true);
        expect(shown).toContain(text);
        // A line of a log is well-formed by the time that it is compared.
        expect(lineKeyOf(shown)).toBe(lineKeyOf(wellFormedText(message)));
        expect(encodeURIComponent(lineKeyOf(shown)).length).toBeLessThan(3_000);
      }),
    );
  });
});

describe("searchBuildLogs", () => {
  it("reads the kept logs while CloudWatch has no group, and says why", async () => {
    const ctx = testConsole.contextOf();
    const record = new LogRecord();
    const at = testConsole.clock.now();
    record.append([
      { timestamp: at, message: "first" },
      { timestamp: at + 1, message: "two\nNo space left on device" },
    ]);
    const imageArn = "arn:aws:imagebuilder:us-east-1:222222222222:image/web/1.0.0/3";
    await new KeptLogs(ctx.database).save({ targetId: "test", imageArn }, record, new Date(at));
    const { source, reason, hits } = await search("No space left");
    expect(source).toBe("kept");
    expect(reason).toContain("/aws/imagebuilder/");
    expect(hits).toMatchObject([
      { build: { name: "web", version: "1.0.0", build: "3" }, line: 3, at: at + 1 },
    ]);
  });

  it("asks CloudWatch Logs Insights, and names the build of each line", async () => {
    const arn = await createSamplePipeline(testConsole.imageBuilder, {
      name: "Found",
      command: "echo a needle",
    });
    await testConsole.imageBuilder.send(
      new StartImagePipelineExecutionCommand({ imagePipelineArn: arn, clientToken: "one" }),
    );
    testConsole.clock.advance(HOUR_MS);
    const { source, hits, query } = await search("a needle");
    expect([source, query]).toEqual(["insights", writeInsightsQuery("a needle")]);
    expect(hits[0]).toMatchObject({
      message: "Stdout: a needle",
      build: { name: "found-recipe", version: "1.0.0", build: "1" },
    });
  });

  it("leaves out the lines of builds that the actor may not see", async () => {
    const ctx = testConsole.contextOf({ role: "viewer", target: "test", namePrefix: "db-" });
    expect((await searchBuildLogs({ ctx, input: { text: "a needle" } })).hits).toEqual([]);
  });

  it("says nothing of lines that the actor may not read: neither that there are more, nor how many bytes", async () => {
    const many = Array.from({ length: 260 }, (_, line) => `echo crowd ${line}`).join("; ");
    const arn = await createSamplePipeline(testConsole.imageBuilder, {
      name: "Loud",
      command: JSON.stringify(many),
    });
    await testConsole.imageBuilder.send(
      new StartImagePipelineExecutionCommand({ imagePipelineArn: arn, clientToken: "loud" }),
    );
    testConsole.clock.advance(HOUR_MS);
    const all = await search("crowd");
    expect([all.source, all.isCut]).toEqual(["insights", true]);
    const record = new LogRecord();
    const at = testConsole.clock.now();
    record.append(
      Array.from({ length: 260 }, (_, line) => ({ timestamp: at + line, message: `crowd ${line}` })),
    );
    const imageArn = "arn:aws:imagebuilder:us-east-1:222222222222:image/loud/1.0.0/1";
    await new KeptLogs(testConsole.contextOf().database).save(
      { targetId: "test", imageArn },
      record,
      new Date(at),
    );
    // Of "found-" there is a group of CloudWatch's, of "db-" there is none, so that the kept logs are read.
    for (const namePrefix of ["found-", "db-"]) {
      const ctx = testConsole.contextOf({ role: "viewer", target: "test", namePrefix });
      const nothing = await searchBuildLogs({ ctx, input: { text: "crowd" } });
      const none = await searchBuildLogs({ ctx, input: { text: "nobody says this" } });
      expect(nothing).toEqual({ ...none, query: nothing.query });
      expect([nothing.hits, nothing.isCut]).toEqual([[], false]);
    }
  });

  it("refuses what is too short, at its field", async () => {
    await expect(search("a")).rejects.toThrow("two characters");
  });
});

describe("writeInsightsQuery", () => {
  it.each([
    ["disk full", 'like "disk full"'],
    ['a "b"', "like /a \\x22b\\x22/"],
    ["C:\\x", "like /C:\\\\x/"],
    ['" | delete', "like /\\x22 \\| delete/"],
  ])("keeps %j text", (text, filter) => {
    expect(
      writeInsightsQuery(text)
        .split(" | ")
        .find((part) => part.startsWith("filter")) ?? "",
    ).toContain(filter.split(" | ")[0] ?? "");
    expect(writeInsightsQuery(text)).toContain(filter);
  });
});
