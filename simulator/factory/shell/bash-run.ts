import { ExitSignal, LoopSignal, OverrunSignal, ReturnSignal, type Streams } from "./bash-contract";
import { BashShell } from "./bash-shell";
import { type Machine, ScriptOutput, type ScriptResult } from "./machine";
import { readScript } from "./read-script";

/** Runs a script as `bash <file>` does and gives what it printed and its exit code. */
export function runBash(script: string, machine: Machine, startMs: number): ScriptResult {
  const output = new ScriptOutput();
  const shell = new BashShell(machine, startMs);
  shell.stderr = (text) => output.warn(text);
  const out = (text: string) => {
    if (output.full) throw new OverrunSignal();
    output.write(text, shell.clockMs);
  };
  const io: Streams = { out, err: shell.stderr };
  let exitCode = 0;
  let lost = false;
  try {
    exitCode = shell.runList(readScript(script, io), io).code;
  } catch (signal) {
    if (signal instanceof ExitSignal) {
      exitCode = signal.code;
      lost = signal.lost;
    } else if (signal instanceof ReturnSignal) exitCode = signal.status.code;
    else if (!(signal instanceof LoopSignal || signal instanceof OverrunSignal)) throw signal;
  }
  output.finish(shell.clockMs);
  return {
    stdout: output.lines,
    stderr: output.stderr,
    output: output.output,
    exitCode,
    durationMs: shell.clockMs,
    ...(lost ? { lost: true } : {}),
  };
}
