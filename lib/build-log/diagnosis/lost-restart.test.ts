import { describe, expect, it } from "vitest";
import { parseLog } from "../parser/log-parser";
import { collectEvidence } from "./collect-evidence";
import { diagnoseFailure } from "./diagnose-failure";

const DOCUMENT = "Document arn:aws:imagebuilder:us-east-1:1:component/base/1.0.0/1";
/** A failure that the component was told to ignore: the run went on. */
const BEFORE: Record<string, string[]> = {
  "nothing failed before": ["CmdExecution: ExitCode 0"],
  "an ignored failure before": [
    "CmdExecution: Stderr: curl: (6) Could not resolve host: example.com",
    "CmdExecution: ExitCode 6",
  ],
};
const AFTER: Record<string, string[]> = {
  "nothing more": [],
  "AWSTOE's own words": ["Getting reboot signal", "Rebooting the system now"],
  "the end of AWSTOE's process": ["Getting reboot signal", "TOE has completed execution successfully"],
  "the lost command": [
    "Getting reboot signal",
    "Command failed (command id: 1, state: Failed)",
    "Action failed for step ApplyBuildComponents. Failing step",
  ],
  "the failed step alone": ["Action failed for step ApplyBuildComponents. Failing step"],
  "the image's own end": ["Image transitioned to FAILED state for Image ARN: arn:x"],
};
const CODES = [194, 3010];

const logOf = (before: string[], code: number, after: string[]) => [
  "Image transitioned to BUILDING state for Image ARN: arn:x",
  "Started step ApplyBuildComponents with action ExecuteComponents",
  ...[DOCUMENT, "Phase build", "Step Fetch", "ExecuteBash: STARTED EXECUTION"],
  ...before,
  "ExecuteBash: FINISHED EXECUTION",
  ...["Step Restart", "ExecuteBash: STARTED EXECUTION", `CmdExecution: ExitCode ${code}`],
  ...after,
];
const REASON =
  "ssm:ListCommandInvocations returned terminal state Failed in workflow step ApplyBuildComponents";
const diagnose = (lines: string[]) =>
  diagnoseFailure(
    collectEvidence(
      { workflows: [], reason: REASON },
      { tree: parseLog(lines.join("\n")), line: (number) => lines[number] ?? "" },
    ),
  );
const cases = Object.entries(BEFORE).flatMap(([before, lines]) =>
  Object.entries(AFTER).flatMap(([after, end]) =>
    CODES.map((code) => [`${code}, ${before}, ${after}`, lines, code, end] as const),
  ),
);

describe("a restart that does not come back", () => {
  it.each(cases)("is what failed: %s", async (_, before, code, after) => {
    const { failed, rule } = await diagnose(logOf(before, code, after));
    expect([failed.step, failed.exitCode, rule?.id]).toEqual(["Restart", code, "C6"]);
  });

  it.each(cases)("is forgotten once it came back: %s", async (_, before, code) => {
    const back = ["Recovery completed for detailed output.", DOCUMENT, "Phase build", "Step Restart"];
    const end = [
      ...["CmdExecution: Stderr: write /var/x: No space left on device", "CmdExecution: ExitCode 1"],
      ...["Command failed (command id: 1, state: Failed)"],
    ];
    const { failed, rule } = await diagnose(logOf(before, code, [...back, ...end]));
    // The first step that failed is what AWS blames too.
    expect([failed.step, rule?.id]).toEqual(before.length > 1 ? ["Fetch", "C9"] : ["Restart", "C11"]);
  });
});
