import { describe, expect, it } from "vitest";
import { APPROVAL_WORKFLOW } from "@/simulator/seed/demo-approval";
import { lintWorkflow } from "./lint-workflow";

const step = (...lines: string[]) => `name: w\nschemaVersion: 1.0\nsteps:\n  - ${lines.join("\n    ")}\n`;

describe("the linter of workflows", () => {
  it("finds nothing in a workflow that AWS takes", () => {
    expect(lintWorkflow(APPROVAL_WORKFLOW.document)).toEqual([]);
    expect(
      lintWorkflow(
        JSON.stringify({ schemaVersion: "1.0", steps: [{ name: "Run", action: "DistributeImage" }] }),
      ),
    ).toEqual([]);
  });

  it.each([
    ["workflow-yaml", "name: [", 1],
    ["workflow-map", "- just\n- a list", 1],
    ["workflow-map", "", 1],
    ["workflow-key", "name: w\nsteps:\n  - name: Run\n    action: CreateImage\n", 1],
    ["workflow-schema-version", step("name: Run", "action: CreateImage").replace("1.0", "2.0"), 2],
    ["workflow-steps", "name: w\nschemaVersion: 1.0\nsteps: none\n", 3],
    ["workflow-step-name", step("action: CreateImage"), 4],
    ["workflow-step-name", step("name: 1st", "action: CreateImage"), 4],
    ["workflow-step-action", step("name: Run"), 4],
    ["workflow-step-action", step("name: Run", "action: createimage"), 5],
    ["workflow-on-failure", step("name: Run", "action: CreateImage", "onFailure: Ignore"), 6],
    ["workflow-timeout", step("name: Run", "action: WaitForAction", "timeoutSeconds: soon"), 6],
    [
      "workflow-step-twice",
      `${step("name: Run", "action: CreateImage")}  - name: Run\n    action: CreateImage\n`,
      6,
    ],
  ])("says %s at its line", (rule, text, line) => {
    expect(lintWorkflow(text)).toContainEqual(expect.objectContaining({ rule, line }));
  });
});
