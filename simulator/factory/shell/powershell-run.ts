import type { Machine, ScriptResult } from "./machine";
import { MachineLost, PowerShellError } from "./powershell-commands";
import { PowerShell } from "./powershell-shell";
import { PowerShellExit, PowerShellLoop, PowerShellOverrun, PowerShellReturn } from "./powershell-signals";
import { parsePowerShell } from "./powershell-syntax";

/** RangeError: blocks nested deeper than the stack. */
const QUIET_ENDS = [PowerShellReturn, PowerShellLoop, PowerShellOverrun, RangeError];

/** Runs a script as AWSTOE's ExecutePowerShell does and gives what it printed and its exit code. */
export function runPowerShell(script: string, machine: Machine): ScriptResult {
  const shell = new PowerShell(machine, script);
  let exitCode = 0;
  let lost = false;
  shell.clockMs = 420;
  try {
    shell.run(parsePowerShell(script));
    if (shell.lastFailed) exitCode = 1;
  } catch (signal) {
    if (signal instanceof PowerShellExit) exitCode = signal.code;
    else if (signal instanceof MachineLost) lost = true;
    else if (signal instanceof PowerShellError) {
      exitCode = 1;
      shell.output.warn(shell.describe(signal, signal.message));
    } else if (!QUIET_ENDS.some((kind) => signal instanceof kind)) throw signal;
  }
  shell.output.finish(shell.clockMs);
  return {
    stdout: shell.output.lines,
    stderr: shell.output.stderr,
    output: shell.output.output,
    exitCode,
    durationMs: shell.clockMs,
    ...(lost ? { lost: true } : {}),
  };
}
