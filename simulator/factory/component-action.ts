import type { ComponentRunResult } from "./awstoe/component-run";
import { shareComponentRun } from "./awstoe/share-component-runs";
import { failed, sendCommand, stageFault } from "./instance-actions";
import { linesOf } from "./many-lines";
import { ownArn, ownParent, ownUuid } from "./own-text";
import { withWallClock } from "./shell/machine";
import { type StepCall, type StepResult, stepExecutionIdOf } from "./step-call";
import { faultOf, write } from "./timeline";

/** ExecuteComponents: AWSTOE runs the documents' phases on the instance; its lines go into the build's log. */
export function executeComponents(call: StepCall): StepResult {
  const { play, startMs } = call;
  const documentName = "AWSEC2-ImageBuilderExecuteComponents";
  if (stageFault(call, "bootstrap-failed")) {
    const { endMs } = sendCommand(call, {
      documentName,
      durationMs: 21_000,
      status: "Failed",
      stderr: '{"failureMessage":"Unable to bootstrap TOE"}',
    });
    return { endMs, failure: { reason: "Unable to bootstrap TOE" } };
  }
  if (stageFault(call, "command-lost")) {
    const { endMs } = sendCommand(call, { documentName, durationMs: 9 * 60_000, status: "Failed" });
    return failed(endMs, lostReason(call));
  }
  const runStartMs = startMs + 9000;
  const fault = faultOf(play, "component-step");
  const run = shareComponentRun(
    {
      components: play.input.components,
      phases:
        call.workflow === "BUILD"
          ? ["build", "validate"]
          : ["test", ...(play.input.imageType === "DOCKER" ? ["container-host-test"] : [])],
      platform: play.input.platform,
      files: call.workflow === "BUILD" ? play.machineFiles : play.imageFiles,
      epochMs: play.input.startedAtMs + runStartMs,
      ...(play.input.osVersion ? { osVersion: play.input.osVersion } : {}),
      region: play.region,
      accountId: play.accountId,
      instanceId: String(call.inputs.instanceId ?? ""),
      imageId: (call.workflow === "TEST" ? play.outputImageId : undefined) ?? ownParent(play) ?? "",
      ...(play.input.workingDirectory ? { workingDirectory: play.input.workingDirectory } : {}),
      ...(play.input.documents ? { documents: play.input.documents } : {}),
      ...(play.input.parameterValues ? { parameterValues: play.input.parameterValues } : {}),
      environment: environmentOf(call),
      ...(fault ? { fault } : {}),
    },
    play.pace,
  );
  if (run.isOwn) play.isOwn = true;
  if (call.workflow === "BUILD") play.machineFiles = run.files;
  for (const { offsetMs, message } of play.writesLog ? run.lines : []) {
    const text = withWallClock(message, play.input.startedAtMs + runStartMs);
    for (const line of linesOf({ offsetMs: runStartMs + offsetMs, message: text })) write(play, line);
  }
  const durationMs = 9000 + run.endMs;
  if (run.lost) {
    const { endMs } = sendCommand(call, { documentName, durationMs, status: "Failed" });
    return failed(endMs, lostReason(call));
  }
  const { commandId, endMs } = sendCommand(call, {
    documentName,
    durationMs,
    status: run.failure ? "Failed" : "Success",
    stdout: JSON.stringify(summaryOf(run, call)),
  });
  if (!run.failure) return { endMs, outputs: { status: "Success", runCommandId: commandId } };
  const { componentArn, phaseName, stepName, action, errorMessage } = run.failure;
  return {
    endMs,
    failure: {
      reason: `Document ${componentArn} failed!`,
      componentFailure: {
        componentArn,
        phaseName,
        stepName,
        action,
        errorMessage: errorMessage.slice(0, 1024),
      },
    },
  };
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-user-defined-variables.html */
function environmentOf(call: StepCall): Readonly<Record<string, string>> {
  const { play, workflow } = call;
  return {
    get IMAGE_WORKFLOW_EXECUTION_ID() {
      return play.timeline.workflows.at(-1)?.workflowExecutionId ?? "";
    },
    get IMAGE_STEP_EXECUTION_ID() {
      return stepExecutionIdOf(call);
    },
    get IMAGE_BUILD_VERSION_ARN() {
      return ownArn(play);
    },
    IMAGE_PIPELINE_ARN: play.input.pipelineArn ?? "",
    IMAGE_PHASE: workflow === "BUILD" ? "BUILDING" : "TESTING",
    IMAGE_VERSION: play.input.version,
    IMAGE_BUILD_VERSION: String(play.input.buildNumber),
  };
}

/** What AWSTOE prints at its end. */
function summaryOf({ failure, steps }: ComponentRunResult, { play, key }: StepCall) {
  return {
    executionId: ownUuid(play, `${key}/execution`),
    status: failure ? "failed" : "success",
    failedStepCount: steps.failed,
    executedStepCount: steps.executed,
    ignoredFailedStepCount: steps.ignored,
    failureMessage: failure ? `Document ${failure.componentArn} failed!` : "",
    logUrl: "",
  };
}

function lostReason(call: StepCall): string {
  return `ExpectationNotMet. ssm:ListCommandInvocations returned terminal state Failed in workflow step ${call.step.name}`;
}
