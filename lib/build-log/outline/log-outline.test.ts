import { describe, expect, it } from "vitest";
import type { WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { parseLog } from "../parser/log-parser";
import { logOutline, type OutlineSection } from "./log-outline";

const workflow = (
  id: string,
  type: string,
  ...steps: [name: string, status: string][]
): WorkflowExecution => ({
  id,
  type,
  workflowArn: `arn:aws:imagebuilder:us-east-1:aws:workflow/${type.toLowerCase()}/w/1.0.0/1`,
  status: "COMPLETED",
  retried: false,
  steps: steps.map(([name, status], index) => ({ id: `${id}-${index}`, name, action: "X", status })),
});
const document = (name: string, ...steps: [name: string, code: number][]) => [
  `Document arn:aws:imagebuilder:us-east-1:111111111111:component/${name}/1.0.0/1`,
  "Phase build",
  ...steps.flatMap(([step, code]) => [`Step ${step}`, `CmdExecution: ExitCode ${code}`]),
];
const LOG = [
  "Image transitioned to BUILDING state for Image ARN: x",
  "Started step ApplyBuildComponents with action ExecuteComponents",
  ...document("good", ["One", 0]),
  ...document("bad", ["Two", 0], ["Three", 1]),
  "TOE has completed execution with failure - Execution failed!",
];
const tree = parseLog(LOG.join("\n"));
const workflows = [
  workflow("b", "BUILD", ["ApplyBuildComponents", "FAILED"], ["CreateOutputAMI", "SKIPPED"]),
];

/** A row a line, indented by depth, with the line of the log it leads to. */
const draw = (sections: OutlineSection[]) =>
  sections.flatMap(({ rows }) =>
    rows.map(({ depth, name, status, node }) =>
      `${"  ".repeat(depth)}${name.replace(/^arn:.*component\//, "")} ${status} ${node ? node.firstLine + 1 : ""}`.trimEnd(),
    ),
  );

describe("logOutline", () => {
  it("puts what the log tells under AWS's workflow steps, and opens the component that failed", () => {
    expect(draw(logOutline(workflows, tree, new Map()))).toEqual([
      "ApplyBuildComponents FAILED 2",
      "  good/1.0.0/1 SUCCEEDED 3",
      "  bad/1.0.0/1 FAILED 7",
      "    Two SUCCEEDED 9",
      "    Three FAILED 11",
      "CreateOutputAMI SKIPPED",
    ]);
  });

  it("opens and closes what the reader chose", () => {
    const [good, bad] = tree.nodes.filter(({ level }) => level === "document").map(({ id }) => id);
    const chosen = new Map([
      [good ?? 0, true],
      [bad ?? 0, false],
    ]);
    expect(draw(logOutline(workflows, tree, chosen))).toEqual([
      "ApplyBuildComponents FAILED 2",
      "  good/1.0.0/1 SUCCEEDED 3",
      "    One SUCCEEDED 5",
      "  bad/1.0.0/1 FAILED 7",
      "CreateOutputAMI SKIPPED",
    ]);
  });

  it("leads each attempt of a step to its own place", () => {
    const again = parseLog(
      ["Started step Test with action X", "one", "Started step Test with action X", "two"].join("\n"),
    );
    const attempts = [
      workflow("first", "TEST", ["Test", "FAILED"]),
      workflow("second", "TEST", ["Test", "COMPLETED"]),
    ];
    expect(draw(logOutline(attempts, again, new Map()))).toEqual(["Test FAILED 1", "Test COMPLETED 3"]);
  });

  it("shows the components of a log that tells of no workflow, and workflows that the log does not tell of", () => {
    const old = parseLog(document("old", ["Only", 1]).join("\n"));
    expect(draw(logOutline([], old, new Map()))).toEqual(["  old/1.0.0/1 RUNNING 1", "    Only RUNNING 3"]);
    expect(draw(logOutline(workflows, { nodes: [] }, new Map()))).toEqual([
      "ApplyBuildComponents FAILED",
      "CreateOutputAMI SKIPPED",
    ]);
  });
});
