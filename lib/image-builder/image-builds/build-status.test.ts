import { describe, expect, it } from "vitest";
import { canCancel, shortReason, toneOf } from "./build-status";

describe("shortReason", () => {
  it.each([
    [
      "Workflow Execution ID: 'wf-1' failed with reason: Document arn:aws:imagebuilder:us-east-1:111111111111:component/web/1.0.0/1 failed!",
      "Document web/1.0.0/1 failed!",
    ],
    [
      "Workflow Execution ID: 'wf-1' failed with reason: An error occurred (VcpuLimitExceeded) when calling the RunInstances operation (reached max retries: 0): You have requested more vCPU capacity.",
      "VcpuLimitExceeded: You have requested more vCPU capacity.",
    ],
    [
      "SSM execution 'ab-12' failed with status = 'TimedOut' in state = 'BUILDING' and failure message = 'Step timed out'",
      "Step timed out'",
    ],
    [
      "Integration failed with JobId 'j-1', status = 'Failed' for ARN 'arn:aws:imagebuilder:us-east-1:111111111111:image/web/1.0.0/1'. No such template.",
      "Integration failed. No such template.",
    ],
    ["Something new", "Something new"],
  ])("%s", (reason, short) => expect(shortReason(reason)).toBe(short));
});

describe("a status that AWS adds", () => {
  it("is drawn muted and cannot be canceled", () =>
    expect({ tone: toneOf("REHEATING"), canCancel: canCancel("REHEATING") }).toEqual({
      tone: "mute",
      canCancel: false,
    }));
});
