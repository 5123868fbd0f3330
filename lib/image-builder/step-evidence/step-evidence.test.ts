import { CreateWorkflowCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { MINUTE_MS } from "@/lib/core/time";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { getImageBuild } from "../image-builds/get-image-build";
import { runPipeline } from "../pipelines/run-pipeline";
import { readAgentStatus } from "./read-agent-status";
import { readConsoleOutput } from "./read-console-output";
import { readConsoleScreenshot } from "./read-console-screenshot";
import { readRunCommand } from "./read-run-command";

let testConsole: TestConsole;
let running: ImageBuildKey;
let failed: ImageBuildKey;
beforeAll(async () => {
  testConsole = await startTestConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "broken", command: "exit 4" });
  await createSamplePipeline(testConsole.imageBuilder, { name: "slow", command: "sleep 30000" });
  failed = await runPipeline({ ctx: ctx(), input: { name: "broken" } });
  testConsole.clock.advance(90 * MINUTE_MS);
  running = await runPipeline({ ctx: ctx(), input: { name: "slow" } });
  while (await isPreparing(running)) testConsole.clock.advance(1_000);
});
afterAll(() => testConsole.close());

const ctx = () => testConsole.contextOf();

/** Until its component runs, on an instance that has reported. */
async function isPreparing(build: ImageBuildKey): Promise<boolean> {
  const { workflows } = await getImageBuild({ ctx: ctx(), input: build });
  const steps = workflows.flatMap((workflow) => workflow.steps);
  return !steps.some(({ action, status }) => action === "ExecuteComponents" && status === "RUNNING");
}

/** The execution of a step of a build, by its action. */
async function stepOf(build: ImageBuildKey, action: string) {
  const { workflows } = await getImageBuild({ ctx: ctx(), input: build });
  const step = workflows.flatMap(({ steps }) => steps).find((each) => each.action === action);
  if (!step) throw new Error(`The build has no ${action}.`);
  return { ...build, step: step.id };
}

describe("what is behind a workflow step", () => {
  it("has the command of a step that failed, though the step names none", async () => {
    const input = await stepOf(failed, "ExecuteComponents");
    const command = await readRunCommand({ ctx: ctx(), input });
    expect(command).toMatchObject({ status: "Failed", exitCode: 1 });
    expect(command.instanceId).toMatch(/^i-/);
    expect(command.stdout).toContain("failed");
  });

  it("has whether the agent reported, and says of an instance that is gone that nothing is known", async () => {
    const now = await readAgentStatus({ ctx: ctx(), input: await stepOf(running, "ExecuteComponents") });
    expect(now).toMatchObject({ isKnown: true, pingStatus: "Online" });
    const gone = await readAgentStatus({ ctx: ctx(), input: await stepOf(failed, "ExecuteComponents") });
    expect(gone).toMatchObject({ isKnown: false });
    expect(gone.pingStatus).toBeUndefined();
  });

  it("has the console of an instance, and who read it is on record, refused or not", async () => {
    const input = await stepOf(running, "ExecuteComponents");
    const output = await readConsoleOutput({ ctx: ctx(), input });
    expect(output.text).toContain("Linux version");
    const { jpeg } = await readConsoleScreenshot({ ctx: ctx(), input });
    expect(Buffer.from(jpeg, "base64").subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const ended = await stepOf(failed, "ExecuteComponents");
    await expect(readConsoleScreenshot({ ctx: ctx(), input: ended })).rejects.toThrow();
    const rows = (await testConsole.auditRows()).filter(({ action }) => action.startsWith("read-console"));
    expect(rows.map(({ action, result }) => `${action} ${result}`)).toEqual([
      "read-console-output succeeded",
      "read-console-screenshot succeeded",
      "read-console-screenshot failed",
    ]);
    expect(JSON.stringify(rows), "what it said is not in the audit").not.toContain("Linux version");
  });

  it("leads from one build into no other", async () => {
    const other = await stepOf(running, "ExecuteComponents");
    for (const read of [readRunCommand, readAgentStatus, readConsoleOutput, readConsoleScreenshot])
      await expect(read({ ctx: ctx(), input: { ...failed, step: other.step } })).rejects.toThrow(
        "This build has no such step.",
      );
  });

  it.each(["RunCommand", "ExecuteComponents", "TerminateInstance", "CreateImage"])(
    "does not believe a workflow whose %s names another team's instance",
    async (action) => {
      const { instanceId } = await readRunCommand({
        ctx: ctx(),
        input: await stepOf(running, "ExecuteComponents"),
      });
      const name = `forged-${action}`;
      const { workflowBuildVersionArn } = await testConsole.imageBuilder.send(
        new CreateWorkflowCommand({
          name,
          semanticVersion: "1.0.0",
          type: "BUILD",
          data: forgedWorkflow(action, instanceId),
        }),
      );
      await createSamplePipeline(testConsole.imageBuilder, {
        name,
        workflows: [{ workflowArn: workflowBuildVersionArn }],
        executionRole: "ImageBuilderWorkflowExecutionRole",
      });
      const build = await runPipeline({ ctx: ctx(), input: { name } });
      while (!(await hasStarted(build, action))) testConsole.clock.advance(10_000);
      const input = await stepOf(build, action);
      for (const read of [readRunCommand, readAgentStatus, readConsoleOutput, readConsoleScreenshot])
        await expect(read({ ctx: ctx(), input })).rejects.toThrow(
          "This step names an instance that its build did not launch.",
        );
      const own = await readAgentStatus({ ctx: ctx(), input: await stepOf(build, "LaunchInstance") });
      expect(own.instanceId).not.toBe(instanceId);
    },
  );
});

/** As an author may write it by hand: it launches an instance, and works on another. */
const forgedWorkflow = (action: string, instanceId: string) =>
  [
    "schemaVersion: 1.0",
    "steps:",
    "  - name: Launch",
    "    action: LaunchInstance",
    "    inputs:",
    "      waitFor: ssmAgent",
    "  - name: Other",
    `    action: ${action}`,
    "    inputs:",
    `      instanceId: ${instanceId}`,
    ...(action === "RunCommand" ? ["      documentName: AWS-RunShellScript"] : []),
    "outputs:",
    "  - {name: ImageId, value: $.imagebuilder.imageId}",
    "",
  ].join("\n");

async function hasStarted(build: ImageBuildKey, action: string): Promise<boolean> {
  const { workflows } = await getImageBuild({ ctx: ctx(), input: build });
  const step = workflows.flatMap(({ steps }) => steps).find((each) => each.action === action);
  return step !== undefined && step.status !== "PENDING";
}
