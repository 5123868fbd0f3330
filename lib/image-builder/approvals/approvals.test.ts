import {
  CreateWorkflowCommand,
  GetImageCommand,
  GetWorkflowStepExecutionCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConsoleFailure } from "@/lib/core/failure";
import { HOUR_MS } from "@/lib/core/time";
import { getOverview } from "@/lib/overview/get-overview";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { arnOfBuild } from "../image-builds/image-build-key";
import { runPipeline } from "../pipelines/run-pipeline";
import { answerWaitingStep } from "./answer-waiting-step";
import { listWaitingSteps } from "./list-waiting-steps";

const WORKFLOW = `name: approval
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
  - name: CreateOutputAMI
    action: CreateImage
    inputs:
      instanceId.$: $.stepOutputs.Launch.instanceId
outputs:
  - name: ImageId
    value: $.stepOutputs.CreateOutputAMI.imageId
`;

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  const { workflowBuildVersionArn } = await testConsole.imageBuilder.send(
    new CreateWorkflowCommand({ name: "approval", semanticVersion: "1.0.0", type: "BUILD", data: WORKFLOW }),
  );
  await createSamplePipeline(testConsole.imageBuilder, {
    name: "Hardened base",
    workflows: [{ workflowArn: workflowBuildVersionArn }],
    executionRole: "ImageBuilderWorkflowExecutionRole",
  });
});
afterAll(() => testConsole.close());

const ctx = () => testConsole.contextOf();
const operator = () => testConsole.contextOf({ role: "operator", target: "test" });
/** Starts a build and gives the step it waits at. */
async function waitAtStep() {
  const build = await runPipeline({ ctx: ctx(), input: { name: "Hardened base" } });
  testConsole.clock.advance(600_000);
  const waiting = await listWaitingSteps({ ctx: ctx() });
  const step = waiting.find((one) => one.build.build === build.build);
  if (!step) throw new Error(`the build does not wait: ${JSON.stringify(await stateOf(build))}`);
  return step;
}
const stateOf = async (build: Parameters<typeof arnOfBuild>[1]) => {
  const imageBuildVersionArn = arnOfBuild(testConsole.target, build);
  return (await testConsole.imageBuilder.send(new GetImageCommand({ imageBuildVersionArn }))).image?.state;
};
// What the test before left waiting times out.
beforeEach(() => testConsole.clock.advance(72 * HOUR_MS));

describe("waiting steps", () => {
  it("are listed with build, pipeline, what the author says, since when and until when", async () => {
    const step = await waitAtStep();
    expect(step).toMatchObject({
      stepName: "LookAtIt",
      imageName: "Hardened base recipe",
      pipelineName: "Hardened base",
      description: "Check the test report.",
      workflow: { type: "build", name: "approval", version: "1.0.0" },
    });
    expect(Date.parse(step.expiresAt ?? "") - Date.parse(step.startedAt ?? "")).toBe(259_200_000);
    const { attention, totals } = await getOverview({ ctx: ctx() });
    expect(totals.waiting).toBe(1);
    expect(attention).toMatchObject([{ kind: "waiting", stepName: step?.stepName, build: step?.build }]);
  });

  it("are hidden from who may not see their builds", async () => {
    await waitAtStep();
    const other = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "web-" });
    expect(await listWaitingSteps({ ctx: other })).toEqual([]);
  });

  it("let the build go on when resumed, with the name of who did on the step and on record", async () => {
    const { build, stepExecutionId } = await waitAtStep();
    const input = { build, stepExecutionId, action: "RESUME" as const, reason: "Report is clean" };
    await answerWaitingStep({ ctx: operator(), input });
    testConsole.clock.advance(2 * HOUR_MS);

    expect((await stateOf(build))?.status).toBe("AVAILABLE");
    const { outputs } = await testConsole.imageBuilder.send(
      new GetWorkflowStepExecutionCommand({ stepExecutionId }),
    );
    expect(outputs).toContain("Resumed by Ana (ana@example.com): Report is clean");
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "answer-waiting-step",
      actorId: "ana@example.com",
      result: "succeeded",
    });
    expect(await listWaitingSteps({ ctx: ctx() })).toEqual([]);
  });

  it("fail the build when stopped, with the reason", async () => {
    const { build, stepExecutionId } = await waitAtStep();
    const input = { build, stepExecutionId, action: "STOP" as const, reason: "CIS 1.1.2 fails" };
    await answerWaitingStep({ ctx: operator(), input });
    testConsole.clock.advance(2 * HOUR_MS);
    const state = await stateOf(build);
    expect(state).toMatchObject({ status: "FAILED", reason: expect.stringContaining("CIS 1.1.2 fails") });
  });

  it("are not stopped without a reason, nor by a viewer, nor twice", async () => {
    const { build, stepExecutionId } = await waitAtStep();
    const stop = { build, stepExecutionId, action: "STOP" as const };
    const unsaid = await answerWaitingStep({ ctx: ctx(), input: { ...stop, reason: "  " } }).catch(
      toConsoleError,
    );
    expect(unsaid).toMatchObject({
      code: "invalid",
      fields: { reason: expect.stringContaining("Enter a reason") },
    });

    const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
    const input = { ...stop, reason: "no" };
    await expect(answerWaitingStep({ ctx: viewer, input })).rejects.toBeInstanceOf(ConsoleFailure);
    expect(await listWaitingSteps({ ctx: ctx() })).toHaveLength(1);

    await answerWaitingStep({ ctx: ctx(), input });
    const again = await answerWaitingStep({ ctx: ctx(), input }).catch(toConsoleError);
    expect(again).toMatchObject({ code: "invalid", message: expect.stringContaining("not waiting") });
  });
});
