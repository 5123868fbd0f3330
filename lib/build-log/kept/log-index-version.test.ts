import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { LogParser } from "../parser/log-parser";
import { LOG_INDEX_VERSION } from "../reader/log-index";

/** Something of each kind that the parser knows. */
const SAMPLE = `Image transitioned to BUILDING state
Started BUILD workflow arn:aws:imagebuilder:eu-west-1:aws:workflow/build/build-image/1.0.2/1
No 'if' conditions to evaluate for step: LaunchBuildInstance
Started step LaunchBuildInstance with action LaunchInstance
Waiting for the instance to be reachable. Attempt number: 1.
Waiting for the instance to be reachable. Attempt number: 2.
Started step ApplyBuildComponents with action ExecuteComponents
Document arn:aws:imagebuilder:eu-west-1:123456789012:component/web/1.0.0/1
Phase build
Step InstallPackages
ExecuteBash: STARTED EXECUTION
Stdout: installed
CmdExecution: Stderr: a warning
that goes on
CmdExecution: ExitCode 194
Executor: System has rebooted
ExecuteBash: FINISHED EXECUTION
Step RunOthers
ExecuteDocument: STARTED EXECUTION
Document other.yaml
Phase build
Step Inner
CmdExecution: ExitCode 0
ExecuteDocument: FINISHED EXECUTION
Step Fails
CmdExecution: Stderr: no such file
CmdExecution: ExitCode 2
TOE has completed execution with failure
  Phase: build
  Step: Fails
  ErrorMessage: exit status 2
Action failed for step ApplyBuildComponents. Failing step
Started step ApplyTestComponents with action ExecuteComponents
Document arn:aws:imagebuilder:eu-west-1:123456789012:component/web/1.0.0/1
Phase test
Step Restarts
CmdExecution: ExitCode 3010
Action failed for step ApplyTestComponents. Failing step
Image transitioned to FAILED state`;

/** What the parser of each version says of the sample. A new one comes with a new version, so that kept ones are not used. */
const SAID: Record<number, string> = {
  2: "86daea372b3ca93201ab24ee39cf4dd5a1ccbee9a498d85e3edf075150c2d1ba",
};

it("the version of kept indexes is raised whenever the parser says something else", () => {
  const parser = new LogParser();
  for (const [at, line] of SAMPLE.split("\n").entries()) parser.push(line, 1_700_000_000_000 + at);
  const said = createHash("sha256").update(JSON.stringify(parser.tree)).digest("hex");
  expect(said).toBe(SAID[LOG_INDEX_VERSION]);
});
