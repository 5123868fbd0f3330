import { describe, expect, it } from "vitest";
import { judgeSteps } from "./judge-steps";

type Known = Parameters<typeof judgeSteps>[0];
const START = { templateId: "lt-1", templateName: "web", follows: "1", version: 1 };
const RUNNING: Known = {
  status: "InProgress",
  ended: false,
  refreshId: "r-1",
  before: START,
  after: { ...START, follows: "2", version: 2 },
  follows: "1",
  hasDesired: true,
  usesParameter: false,
  beforeAmi: "available",
  isAtCheckpoint: false,
  fresh: 2,
  old: 2,
};
const ended = (status: string, over: Partial<Known> = {}): Partial<Known> => ({
  status,
  ended: true,
  ...over,
});

/** What can be done, in the order of the page. */
const ROWS: [name: string, over: Partial<Known>, can: string][] = [
  ["in progress", {}, "cancel rollBack"],
  ["at a checkpoint", { isAtCheckpoint: true }, "cancel rollBack carryOn"],
  ["not confirmed by AWS", { status: "Starting", refreshId: null }, ""],
  ["being canceled", { status: "Cancelling" }, ""],
  ["rolling back: that can be canceled too", { status: "RollbackInProgress" }, "cancel"],
  ["a group on $Default", { follows: "$Default" }, "cancel"],
  ["without a desired configuration", { hasDesired: false }, "cancel"],
  ["a parameter", { usesParameter: true }, "cancel"],
  ["an AMI before that is gone", { beforeAmi: "gone" }, "cancel"],
  ["a disabled AMI before", { beforeAmi: "not available" }, "cancel"],
  ["a group that could not be read", { follows: undefined }, "cancel"],
  ["succeeded", ended("Successful", { old: 0, fresh: 4 }), "turnBack"],
  ["succeeded, the AMI before is gone", ended("Successful", { old: 0, fresh: 4, beforeAmi: "gone" }), ""],
  ["canceled", ended("Cancelled"), "carryOn turnBack"],
  ["failed", ended("Failed"), "carryOn turnBack"],
  ["canceled before the first instance", ended("Cancelled", { fresh: 0, old: 4 }), "carryOn"],
  ["rolled back", ended("RollbackSuccessful", { fresh: 0, old: 4 }), ""],
  ["another refresh in progress", ended("Cancelled", { other: "r-2" }), ""],
  ["never started", ended("Not started", { refreshId: null }), ""],
];

describe("the steps of a roll-out", () => {
  it.each(ROWS)("%s", (_name, over, can) => {
    const steps = judgeSteps({ ...RUNNING, ...over });
    const open = (Object.keys(steps) as (keyof typeof steps)[]).filter((step) => steps[step].can);
    expect(open.join(" ")).toBe(can);
    for (const step of Object.values(steps)) if (!step.can) expect(step.why).toMatch(/\.$/);
  });
});
