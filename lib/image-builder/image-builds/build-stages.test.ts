import { describe, expect, it } from "vitest";
import { buildFailure } from "./build-failure";
import { buildStages } from "./build-stages";
import type { WorkflowExecution } from "./types";

const at = (minute: number) => `2026-06-01T12:${String(minute).padStart(2, "0")}:00.000Z`;
const run = (
  type: string,
  status: string,
  from: number,
  to?: number,
  retried = false,
): WorkflowExecution => ({
  id: `wf-${type}-${from}`,
  type,
  workflowArn: "arn",
  status,
  retried,
  startedAt: at(from),
  endedAt: to === undefined ? undefined : at(to),
  steps:
    status === "FAILED"
      ? [{ id: "step-1", name: "Apply", action: "ExecuteComponents", status: "FAILED" }]
      : [],
});
const statesOf = (status: string, workflows: WorkflowExecution[], failedIn?: string) =>
  buildStages({ status, createdAt: at(0), workflows, failedIn }).map(({ state }) => state);

describe("buildStages", () => {
  const built = run("BUILD", "COMPLETED", 1, 20);
  const tested = run("TEST", "COMPLETED", 20, 30);
  const distributed = run("DISTRIBUTION", "COMPLETED", 30, 40);

  it.each([
    ["PENDING", [], ["running", "waiting", "waiting", "waiting", "waiting"]],
    ["BUILDING", [run("BUILD", "RUNNING", 1)], ["succeeded", "running", "waiting", "waiting", "waiting"]],
    [
      "TESTING",
      [built, run("TEST", "RUNNING", 20)],
      ["succeeded", "succeeded", "running", "waiting", "waiting"],
    ],
    [
      "DISTRIBUTING",
      [built, run("DISTRIBUTION", "RUNNING", 20)],
      ["succeeded", "succeeded", "skipped", "running", "waiting"],
    ],
    ["AVAILABLE", [built, tested, distributed], Array(5).fill("succeeded")],
    ["AVAILABLE", [built, distributed], ["succeeded", "succeeded", "skipped", "succeeded", "succeeded"]],
    ["FAILED", [], ["failed", "skipped", "skipped", "skipped", "skipped"]],
    ["FAILED", [run("BUILD", "FAILED", 1, 9)], ["succeeded", "failed", "skipped", "skipped", "skipped"]],
    ["FAILED", [built, tested, distributed], ["succeeded", "succeeded", "succeeded", "succeeded", "failed"]],
    [
      "CANCELLED",
      [run("BUILD", "CANCELLED", 1, 9)],
      ["succeeded", "cancelled", "skipped", "skipped", "skipped"],
    ],
    ["SOMETHING_NEW", [built, tested, distributed], Array(5).fill("succeeded")],
  ])("of a build that is %s say what ran, runs and never will", (status, workflows, expected) => {
    expect(statesOf(status, workflows)).toEqual(expected);
  });

  it("believe AWS about the stage that failed", () => {
    expect(statesOf("FAILED", [built, tested, distributed], "DISTRIBUTING")[3]).toBe("failed");
  });

  it("leave out a workflow that a retry has replaced", () => {
    const workflows = [built, run("TEST", "FAILED", 20, 25, true), run("TEST", "RUNNING", 30)];
    const test = buildStages({ status: "TESTING", createdAt: at(0), workflows })[2];
    expect(test).toEqual({ name: "Test", state: "running", startedAt: at(30), endedAt: undefined });
  });

  it("last from their first workflow's start to their last one's end, and have no end while one runs", () => {
    const stages = (second: WorkflowExecution) =>
      buildStages({ status: "TESTING", createdAt: at(0), workflows: [built, tested, second] });
    expect(stages(run("TEST", "COMPLETED", 21, 35))[2]).toMatchObject({ startedAt: at(20), endedAt: at(35) });
    expect(stages(run("TEST", "RUNNING", 21))[2]?.endedAt).toBeUndefined();
    expect(stages(tested)[0]).toMatchObject({ startedAt: at(0), endedAt: at(1) });
  });
});

describe("buildFailure", () => {
  const workflows = [run("BUILD", "FAILED", 1, 9)];

  it("is there for failed builds only", () => {
    expect(buildFailure({ status: "AVAILABLE", context: undefined, workflows })).toBeUndefined();
  });

  it("takes AWS's context, and leaves out members of another shape than expected", () => {
    const context = {
      imageStatus: "BUILDING",
      failedStep: "ApplyBuildComponents",
      stepExecutionId: 7,
      componentFailure: {
        componentArn: "arn:c",
        phaseName: "build",
        stepName: "X",
        errorMessage: "<b>no</b>",
      },
      distributionFailure: { regionFailures: "none" },
      later: { addition: true },
    };
    expect(buildFailure({ status: "FAILED", context, workflows })).toEqual({
      stage: "BUILDING",
      failedStep: "ApplyBuildComponents",
      component: { arn: "arn:c", phase: "build", step: "X", action: undefined, error: "<b>no</b>" },
      distribution: { error: undefined, regions: [] },
    });
  });

  it("reads workflow and component from the reason where AWS gives no context", () => {
    const reason =
      "Workflow Execution ID: 'wf-1a' failed with reason: Document arn:aws:imagebuilder:us-east-1:1:component/web/1.0.0/1 failed!";
    expect(buildFailure({ status: "FAILED", reason, context: undefined, workflows: [] })).toMatchObject({
      workflowExecutionId: "wf-1a",
      component: { arn: "arn:aws:imagebuilder:us-east-1:1:component/web/1.0.0/1" },
    });
  });

  it("reads the stage of an old build's reason and the step that failed", () => {
    const reason =
      "SSM execution 'x' failed with status = 'TimedOut' in state = 'BUILDING' and failure message = ''";
    expect(buildFailure({ status: "FAILED", reason, context: undefined, workflows })).toMatchObject({
      stage: "BUILDING",
      failedStep: "Apply",
    });
  });
});
