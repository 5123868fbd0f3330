import { describe, expect, it } from "vitest";
import type { ImageBuild, WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { buildSpan, resultFromWorkflows, stepTimes } from "./build-times";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 29, 0, minute)).toISOString();
const workflow = (
  status: string,
  [from, to]: [number, number],
  { retried = false, type = "BUILD" } = {},
): WorkflowExecution => ({
  id: `wf-${from}`,
  type,
  workflowArn: "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/1.0.2/1",
  status,
  retried,
  startedAt: at(from),
  endedAt: at(to),
  steps: [
    {
      id: `step-${from}`,
      name: "ApplyBuildComponents",
      action: "ExecuteComponents",
      status,
      startedAt: at(from + 1),
      endedAt: at(to - 1),
    },
  ],
});
const build = (workflows: WorkflowExecution[], endMinute?: number) =>
  ({
    createdAt: at(0),
    endedAt: endMinute === undefined ? undefined : at(endMinute),
    workflows,
    stages: [
      { name: "Build", state: "succeeded", startedAt: at(1), endedAt: at(20) },
      { name: "Test", state: "skipped" },
    ],
  }) as unknown as ImageBuild;

describe("times of a build", () => {
  it("do not count the rest between an attempt and its retry", () => {
    const retried = build(
      [workflow("FAILED", [1, 10], { retried: true }), workflow("COMPLETED", [130, 150])],
      150,
    );
    // Two hours passed until somebody retried it.
    expect(buildSpan(retried)).toEqual({ endedAt: new Date(at(150)), durationMs: 30 * 60_000 });
  });

  it("are those of the attempt that counted, without stages that were skipped", () => {
    const retried = build(
      [workflow("FAILED", [1, 10], { retried: true }), workflow("COMPLETED", [130, 150])],
      150,
    );
    expect(stepTimes(retried).map(({ kind, name, durationMs }) => [kind, name, durationMs])).toEqual([
      ["stage", "Build", 19 * 60_000],
      ["step", "ApplyBuildComponents", 18 * 60_000],
    ]);
  });

  it("have no end while it runs", () => {
    expect(buildSpan(build([]))).toEqual({});
  });
});

describe("the result of a deleted image", () => {
  it.each([
    ["COMPLETED", "succeeded"],
    ["FAILED", "failed"],
    ["ROLLBACK_COMPLETED", "failed"],
    ["CANCELLED", "cancelled"],
  ])("is told by a workflow that %s: %s", (status, result) => {
    const earlier = workflow("FAILED", [1, 2], { retried: true });
    expect(resultFromWorkflows([earlier, workflow(status, [3, 9])])).toBe(result);
  });

  it("is not known without workflows", () => {
    expect(resultFromWorkflows([])).toBeUndefined();
  });
});
