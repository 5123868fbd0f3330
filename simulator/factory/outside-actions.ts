import { between } from "./deterministic";
import { failed, sendCommand } from "./instance-actions";
import { ownUuid } from "./own-text";
import { type StepCall, type StepResult, stepExecutionIdOf } from "./step-call";
import { say } from "./timeline";

/** WaitForAction: goes on when answered, fails when stopped or never answered. */
export function waitForAction(call: StepCall): StepResult {
  const { play, startMs, step } = call;
  const stepExecutionId = stepExecutionIdOf(call);
  const deadlineMs = startMs + step.timeoutSeconds * 1000;
  const answer = play.answers
    .filter((candidate) => candidate.stepExecutionId === stepExecutionId)
    .filter((candidate) => candidate.atMs >= startMs && candidate.atMs < deadlineMs)
    .sort((one, other) => one.atMs - other.atMs)[0];
  // Differs from AWS: the lines of this step are not established.
  say(play, startMs, `Waiting for action on step ${step.name} (step execution id: ${stepExecutionId})`);
  if (!answer) return failed(deadlineMs, `Step ${step.name} timed out`);
  const outputs = { action: answer.action, ...(answer.reason ? { reason: answer.reason } : {}) };
  say(play, answer.atMs, `Received action ${answer.action} for step ${step.name}`);
  if (answer.action === "RESUME") return { endMs: answer.atMs, outputs };
  const text = `Step ${step.name} was stopped${answer.reason ? `: ${answer.reason}` : ""}`;
  return { ...failed(answer.atMs, text), outputs };
}

/** RunCommand: an SSM document of the user's. A document named `...fail...` fails: a sentinel to type. */
export function runCommand(call: StepCall): StepResult {
  const documentName = String(call.inputs.documentName ?? "");
  const broken = /fail/i.test(documentName);
  const { commandId, endMs } = sendCommand(call, {
    documentName,
    durationMs: between(`${call.key}/run`, 9000, 40_000),
    status: broken ? "Failed" : "Success",
  });
  const outputs = {
    runCommandId: commandId,
    status: broken ? "Failed" : "Success",
    output: "",
    responseCode: broken ? 1 : 0,
  };
  return broken ? { ...failed(endMs, `Command ${commandId} failed`), outputs } : { endMs, outputs };
}

/** ExecuteStateMachine: succeeds unless the state machine's name holds `fail`. */
export function executeStateMachine(call: StepCall): StepResult {
  const arn = String(call.inputs.stateMachineArn ?? "");
  const executionArn = `${arn.replace(":stateMachine:", ":execution:")}:${ownUuid(call.play, `${call.key}/execution`)}`;
  const endMs = call.startMs + between(`${call.key}/states`, 15_000, 60_000);
  const outputs = { executionArn, output: "{}" };
  return /fail/i.test(arn)
    ? { ...failed(endMs, `State machine execution ${executionArn} ended with status FAILED`), outputs }
    : { endMs, outputs };
}
