import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartImagePipelineExecutionCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { diagnoseImageBuild } from "./diagnose-image-build";
import { wholeLogs } from "./whole-logs";

let testConsole: TestConsole;
let folder = "";
beforeAll(async () => {
  testConsole = await startTestConsole();
  folder = await mkdtemp(join(tmpdir(), "goldsmith-diagnosis-"));
}, 180_000);
afterAll(async () => {
  await testConsole.close();
  await rm(folder, { recursive: true });
});

async function failedBuild(name: string) {
  const { imageBuilder, clock } = testConsole;
  const imagePipelineArn = await createSamplePipeline(imageBuilder, { name, command: "exit 127" });
  const { imageBuildVersionArn = "" } = await imageBuilder.send(
    new StartImagePipelineExecutionCommand({ imagePipelineArn, clientToken: crypto.randomUUID() }),
  );
  clock.advance(5 * HOUR_MS);
  const [, imageName = "", version = "", build = ""] = imageBuildVersionArn.split("/");
  return { name: imageName, version, build };
}

/** Counts what is read of logs, at the one door to AWS. */
function counting(ctx: ReturnType<TestConsole["contextOf"]>) {
  const reads = { count: 0 };
  const { logs } = ctx.aws;
  const read: typeof logs.read = (command, options) => {
    reads.count++;
    return logs.read(command, options);
  };
  return { reads, ctx: { ...ctx, aws: { ...ctx.aws, logs: { ...logs, read } } } };
}

it("an ended build is diagnosed once for one set of rules; asked again, nothing reads its log", async () => {
  const input = await failedBuild("remembered");
  const first = await diagnoseImageBuild({ ctx: testConsole.contextOf(), input });
  expect(first?.failed.stage).toBe("BUILDING");
  const { ctx, reads } = counting(testConsole.contextOf());
  expect(await diagnoseImageBuild({ ctx, input })).toEqual(first);
  expect(reads.count).toBe(0);

  const diagnosisRulesFile = join(folder, "rules.yaml");
  const rule =
    "{id: T9, title: Ours, pattern: '.', cause: c, fix: f, next: retry, confidence: likely, source: s}";
  await writeFile(diagnosisRulesFile, `- ${rule}`);
  const withRules = { ...ctx, settings: { ...ctx.settings, diagnosisRulesFile } };
  expect((await diagnoseImageBuild({ ctx: withRules, input }))?.rule?.id).toBe("T9");
  expect((await diagnoseImageBuild({ ctx: withRules, input }))?.rule?.id).toBe("T9");
});

it("a diagnosis in which a pattern ran out of time says so, and is not remembered", async () => {
  const input = await failedBuild("slow-rule");
  const diagnosisRulesFile = join(folder, "slow.yaml");
  const rule =
    "{id: T8, title: Slow, pattern: '(\\\\w*)*(.*)*(.*)*!!!$', cause: c, fix: f, next: retry, confidence: likely, source: s}";
  await writeFile(diagnosisRulesFile, `- ${rule.replaceAll("\\\\", "\\")}`);
  const ctx = testConsole.contextOf();
  const slow = { ...ctx, settings: { ...ctx.settings, diagnosisRulesFile } };
  const first = await diagnoseImageBuild({ ctx: slow, input });
  expect(first?.mistake).toMatch(/T8 took too long/);
  expect(first?.failed.stage).toBe("BUILDING");
  await writeFile(diagnosisRulesFile, "[]");
  expect((await diagnoseImageBuild({ ctx, input }))?.mistake).toBeUndefined();
  expect(wholeLogs().heldBytes).toBe(0);
});
