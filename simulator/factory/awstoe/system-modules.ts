import { between } from "../deterministic";
import { wallClockAt } from "../shell/machine";
import { comparisonHolds } from "./evaluate-condition";
import { entriesOf, type ModuleCall, type ModuleResult } from "./module-contract";
import { readComparison } from "./read-condition";

/** Reboot: AWSTOE restarts the machine and goes on with the next step. */
export function reboot(call: ModuleCall): ModuleResult {
  const [inputs = {}] = entriesOf(call.inputs);
  const delayMs = (Number(inputs.delaySeconds) || 0) * 1000;
  return { lines: [], endMs: call.startMs + delayMs, outputs: {}, reboot: "next" };
}

export function assertHolds(call: ModuleCall): ModuleResult {
  const comparison = readComparison(call.inputs, () => {}, 1);
  const endMs = call.startMs + 2;
  if (!comparison || comparisonHolds(comparison, call.references, call.machine))
    return { lines: [], endMs, outputs: {} };
  const errorMessage = `Assertion failed: ${JSON.stringify(call.inputs)}`;
  return {
    lines: [{ offsetMs: endMs, message: `Assert: ${errorMessage}` }],
    endMs,
    outputs: {},
    failure: { errorMessage, stderr: "" },
  };
}

const WINDOWS_UPDATES = [
  "2026-01 Cumulative Update for .NET Framework 3.5 and 4.8.1 for Microsoft server operating system, version 22H2 for x64 (KB5054705)",
  "Security Intelligence Update for Microsoft Defender Antivirus - KB2267602 (Version 1.443.312.0)",
];

/** UpdateOS: on Windows it installs two updates, restarts and finds none left; on Linux the package manager updates. */
export function updateOs(call: ModuleCall): ModuleResult {
  return call.machine.platform === "Windows" ? updateWindows(call) : updateLinux(call);
}

const UPDATED = "C:\\ProgramData\\AWSTOE\\updated";

function updateWindows(call: ModuleCall): ModuleResult {
  const lines: ModuleResult["lines"] = [];
  let clock = call.startMs;
  const say = (message: string, spentMs = 20) => {
    clock += spentMs;
    lines.push({ offsetMs: clock, message });
  };
  const again = call.machine.files.has(UPDATED);
  say(`UpdateOS (Windows): Starting windows update process at ${wallClockAt(clock)} m=+0.062622801`, 0);
  say("Stdout: Starting the Windows Update process.", 330);
  say("Stdout: Searching for updates.", 70);
  const updates = again ? [] : WINDOWS_UPDATES;
  say(`Stdout: Updates to process: ${updates.length}`, between(`${call.key}/search`, 9000, 30_000));
  if (updates.length > 0) {
    say("Stdout: The following updates were found:");
    for (const update of updates) say(`Stdout: - ${update}`);
  }
  say(`Stdout: Updates to download: ${updates.length}`);
  for (const update of updates)
    say(`Stdout: Downloading '${update}'`, between(`${call.key}/get/${update}`, 2000, 9000));
  say(`Stdout: Updates to install: ${updates.length}`);
  for (const update of updates)
    say(`Stdout: Installing '${update}'`, between(`${call.key}/put/${update}`, 12_000, 90_000));
  if (!again) say("Stdout: A restart is required to complete the installations. Restarting now.", 8000);
  else say("Stdout: The Windows Update process has completed with success.");
  const exitCode = again ? 0 : 3010;
  say(
    again
      ? "CmdExecution: Command execution was completed successfully"
      : "CmdExecution: Getting reboot signal",
  );
  say("CmdExecution: Stderr: ", 0);
  say(`CmdExecution: ExitCode ${exitCode}`, 0);
  say(
    `UpdateOS (Windows): Windows update process completed at ${wallClockAt(clock)} m=+52.048543901 with the exitcode ${exitCode}`,
    0,
  );
  call.machine.files.set(UPDATED, "");
  return { lines, endMs: clock, outputs: {}, exitCode, ...(again ? {} : { reboot: "same" as const }) };
}

function updateLinux(call: ModuleCall): ModuleResult {
  const durationMs = between(`${call.key}/update`, 20_000, 90_000);
  const endMs = call.startMs + durationMs;
  const family = /ubuntu|debian/i.test(call.machine.osVersion) ? "apt" : "yum";
  return {
    lines: [
      { offsetMs: call.startMs, message: `UpdateOS (Linux): Starting update process with ${family}` },
      {
        offsetMs: endMs,
        message:
          family === "apt"
            ? "Stdout: 0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded."
            : "Stdout: Complete!",
      },
      { offsetMs: endMs, message: "CmdExecution: Stderr: " },
      { offsetMs: endMs, message: "CmdExecution: ExitCode 0" },
    ],
    endMs,
    outputs: {},
    exitCode: 0,
  };
}
