import { between } from "./deterministic";
import { ownHex, ownParent, ownUuid } from "./own-text";
import type { StepCall, StepResult } from "./step-call";
import { faultOf, say } from "./timeline";

const POLL_MS = 46_000;
/** SSM never answers: Image Builder gives up after this long. */
const AGENT_PATIENCE_MS = 38 * 60_000;

/** The fault of this kind that was put into this stage. */
export function stageFault(
  call: StepCall,
  kind: "capacity" | "vcpu-limit" | "ssm-timeout" | "bootstrap-failed" | "command-lost",
) {
  const fault = faultOf(call.play, kind);
  return fault && (fault.stage ?? "BUILD") === call.workflow ? fault : undefined;
}

export function failed(endMs: number, text: string): StepResult {
  return { endMs, failure: { reason: text, message: text } };
}

export function launchInstance(call: StepCall): StepResult {
  const { play, key, startMs, inputs } = call;
  const instanceId = `i-0${ownHex(play, `${key}/instance`)}`;
  const types = Array.isArray(inputs.instanceTypesOverride)
    ? inputs.instanceTypesOverride.map(String)
    : play.input.instanceTypes;
  const instanceType = types?.[0] ?? (play.input.platform === "macOS" ? "mac2.metal" : "m5.large");
  say(play, startMs + 1500, "Launching instance");
  if (stageFault(call, "capacity")) {
    return failed(
      startMs + between(`${key}/capacity`, 20_000, 45_000),
      `An error occurred (InsufficientInstanceCapacity) when calling the RunInstances operation: We currently do not have sufficient ${instanceType} capacity in the Availability Zone you requested (${play.region}a).`,
    );
  }
  if (stageFault(call, "vcpu-limit")) {
    return failed(
      startMs + 2900,
      "An error occurred (VcpuLimitExceeded) when calling the RunInstances operation: You have requested more vCPU capacity than your current vCPU limit allows for the instance bucket that the specified instance type belongs to.",
    );
  }
  const refusal = faultOf(play, "launch-refused");
  if (refusal) return failed(startMs + 2900, refusal.message);
  const launchedMs = startMs + between(`${key}/launch`, 2600, 4200);
  say(play, launchedMs, `Launched instance (instance id: ${instanceId})`);
  const imageId = String(
    inputs.imageIdOverride ??
      (call.workflow === "TEST" ? play.outputImageId : undefined) ??
      ownParent(play) ??
      "",
  );
  play.timeline.artifacts.push({
    atMs: launchedMs,
    kind: "instance-launched",
    instanceId,
    instanceType,
    imageId,
    purpose: call.workflow,
  });
  const unreachable = stageFault(call, "ssm-timeout") !== undefined;
  const polls = unreachable ? Math.ceil(AGENT_PATIENCE_MS / POLL_MS) : availabilityPolls(call);
  const firstPollMs = launchedMs + between(`${key}/poll`, 5000, 6500);
  const state = inputs.healthCheck === "RUNNING" ? "running" : "passed";
  for (let attempt = 1; attempt <= polls; attempt++) {
    say(
      play,
      firstPollMs + (attempt - 1) * POLL_MS,
      `Waiting for instance availability (id: ${instanceId}, expected state: ['${state}']). Attempt number: ${attempt}.`,
    );
  }
  const endMs = firstPollMs + (polls - 1) * POLL_MS + 900;
  const outputs = { instanceId };
  if (!unreachable) return { endMs, outputs };
  return {
    ...failed(
      endMs,
      `An error occurred (InvalidInstanceId) when calling the SendCommand operation: Instances [[${instanceId}]] not in a valid state for account ${play.accountId}`,
    ),
    outputs,
  };
}

/** Status checks take three to four polls on Linux, more on Windows, many on a Mac. */
function availabilityPolls({ key, play }: StepCall): number {
  if (play.input.platform === "macOS") return between(`${key}/polls`, 14, 22);
  return play.input.platform === "Windows" ? between(`${key}/polls`, 5, 7) : between(`${key}/polls`, 3, 5);
}

/** Runs an SSM command for `durationMs`: the service's lines, and the command for ssm:GetCommandInvocation. */
export function sendCommand(
  call: StepCall,
  command: {
    documentName: string;
    durationMs: number;
    status?: "Success" | "Failed" | "TimedOut";
    stdout?: string;
    stderr?: string;
  },
): { commandId: string; endMs: number } {
  const { play, startMs, inputs, key } = call;
  const commandId = ownUuid(play, `${key}/command/${command.documentName}`);
  const sentMs = startMs + between(`${key}/send`, 900, 1600);
  const endMs = sentMs + 700 + command.durationMs;
  say(play, sentMs, "Sending command to instance to run");
  say(play, sentMs + 600, `Running command (command id: ${commandId})`);
  for (let attempt = 1; sentMs + 700 + (attempt - 1) * POLL_MS < endMs; attempt++) {
    say(
      play,
      sentMs + 700 + (attempt - 1) * POLL_MS,
      `Waiting for command to complete (command id: ${commandId}). Attempt number: ${attempt}.`,
    );
  }
  const status = command.status ?? "Success";
  if (status !== "Success") say(play, endMs, `Command failed (command id: ${commandId}, state: ${status})`);
  play.timeline.artifacts.push({
    atMs: sentMs,
    kind: "command",
    commandId,
    instanceId: String(inputs.instanceId ?? ""),
    documentName: command.documentName,
    endMs,
    status,
    stdout: command.stdout ?? "",
    stderr: command.stderr ?? "",
  });
  return { commandId, endMs };
}

export function bootstrapForContainer(call: StepCall): StepResult {
  const durationMs = between(`${call.key}/bootstrap`, 40_000, 80_000);
  const { commandId, endMs } = sendCommand(call, { documentName: "AWS-RunShellScript", durationMs });
  return { endMs, outputs: { runCommandId: commandId, status: "Success", output: "" } };
}

export function waitForAgent(call: StepCall): StepResult {
  if (stageFault(call, "ssm-timeout"))
    return failed(call.startMs + AGENT_PATIENCE_MS, "SSM Agent verification failed");
  return { endMs: call.startMs + between(`${call.key}/agent`, 8000, 40_000) };
}

export function collectMetadata(call: StepCall): StepResult {
  const { play, key, startMs } = call;
  const patienceMs = between(`${key}/inventory`, 60_000, 110_000);
  const associationId = ownUuid(play, `${key}/association`);
  if (faultOf(play, "inventory-failed")) {
    return failed(
      startMs + 10 * 60_000,
      `Step timed out while waiting for inventory association '${associationId}' to complete`,
    );
  }
  const packages = between(`${key}/packages`, 160, 640);
  const type = play.input.platform === "Windows" ? "AWS:WindowsUpdate" : "AWS:Application";
  say(play, startMs + patienceMs - 900, `Calling ssm:listInventoryEntries with TypeName ${type}`);
  for (let total = Math.min(50, packages), read = total; read > 0; ) {
    say(
      play,
      startMs + patienceMs - 700 + total,
      `Collected ${read} packages. Total inventory packages: ${total}`,
    );
    read = Math.min(50, packages - total);
    total += read;
  }
  const osVersion = play.input.osVersion ?? play.input.platform;
  return { endMs: startMs + patienceMs + 300, outputs: { osVersion, associationId } };
}

export function collectScanFindings(call: StepCall): StepResult {
  const endMs = call.startMs + between(`${call.key}/scan`, 120_000, 240_000);
  if (faultOf(call.play, "scan-failed")) {
    return failed(
      endMs,
      "Amazon Inspector is not enabled for this account, or the scan did not complete. scanState: ABANDONED",
    );
  }
  return { endMs, outputs: { findingsCollected: true } };
}

/** SanitizeInstance and RunSysPrep. */
export function prepareInstance(call: StepCall): StepResult {
  const windows = call.step.action === "RunSysPrep";
  const fault = faultOf(call.play, windows ? "sysprep-failed" : "sanitize-failed");
  const durationMs = windows
    ? between(`${call.key}/sysprep`, 120_000, 260_000)
    : between(`${call.key}/sanitize`, 7000, 16_000);
  const text = windows
    ? "Sysprep failed: the system has a pending restart. See C:\\Windows\\System32\\Sysprep\\Panther\\setupact.log."
    : "Failed to delete '/etc/ssh/ssh_host_rsa_key'. Failing.";
  const { commandId, endMs } = sendCommand(call, {
    documentName: windows ? "AWSEC2-RunSysprep" : "AWS-RunShellScript",
    durationMs,
    ...(fault ? { status: "Failed" as const, stderr: text } : {}),
  });
  if (fault)
    return { ...failed(endMs, text), outputs: { status: "Failed", output: text, runCommandId: commandId } };
  return {
    endMs,
    outputs: { status: "Success", output: windows ? "" : "Cleanup complete\n", runCommandId: commandId },
  };
}

export function terminateInstance(call: StepCall): StepResult {
  const instanceId = String(call.inputs.instanceId ?? "");
  const endMs = call.startMs + between(`${call.key}/terminate`, 3000, 5000);
  say(call.play, call.startMs + 400, `Terminating instance (instance id: ${instanceId})`);
  call.play.timeline.artifacts.push({ atMs: endMs, kind: "instance-terminated", instanceId });
  return { endMs };
}
