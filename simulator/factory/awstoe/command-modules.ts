import { between, hash32 } from "../deterministic";
import { runBash } from "../shell/bash-run";
import { isMissingName, type ScriptResult } from "../shell/machine";
import { runPowerShell } from "../shell/powershell-run";
import { entriesOf, type ModuleCall, type ModuleResult, textOf } from "./module-contract";

const REBOOT_CODES: Record<string, number> = { Linux: 194, macOS: 194, Windows: 3010 };

/** ExecuteBash and ExecutePowerShell: the commands become one script. */
export function executeScript(call: ModuleCall): ModuleResult {
  const [inputs = {}] = entriesOf(call.inputs);
  const commands = Array.isArray(inputs.commands) ? inputs.commands : [inputs.commands ?? ""];
  const windows = call.action === "ExecutePowerShell";
  const separator = windows ? "\\" : "/";
  const folder = `${call.workingDirectory}${separator}AWSTOE${hash32(`${call.key}/folder`)}`;
  const file =
    inputs.file === undefined
      ? `${folder}${separator}script-${hash32(`${call.key}/script`)}.${windows ? "ps1" : "sh"}`
      : textOf(inputs.file);
  const script = commands.map(textOf).join("\n");
  const result =
    inputs.file !== undefined
      ? runFile(file, call)
      : windows
        ? runPowerShell(script, call.machine)
        : runBash(script, call.machine, call.startMs);
  const program = windows ? "powershell" : "bash";
  const own = inputs.file === undefined;
  return commandLines(call, {
    result,
    command: windows ? [program, "-ExecutionPolicy", "Bypass", "-File", file] : [program, file],
    before: own
      ? [
          `${call.action}: Created temporary directory: ${folder}`,
          `${call.action}: Created temporary script file at: ${file}`,
        ]
      : [],
    after: own
      ? [
          `${call.action}: Removing temporary directory: ${folder}`,
          `${call.action}: Successfully removed temporary directory: ${folder}`,
        ]
      : [],
  });
}

/** ExecuteBinary, InstallMSI and UninstallMSI. */
export function executeProgram(call: ModuleCall): ModuleResult {
  const [inputs = {}] = entriesOf(call.inputs);
  const path = textOf(inputs.path);
  const given = Array.isArray(inputs.arguments)
    ? inputs.arguments.map(textOf)
    : inputs.arguments === undefined
      ? []
      : [textOf(inputs.arguments)];
  if (call.action === "ExecuteBinary" && call.machine.platform !== "Windows") {
    const script = [path, ...given].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    return commandLines(call, {
      result: runBash(script, call.machine, call.startMs),
      command: [path, ...given],
    });
  }
  const installer =
    call.action === "ExecuteBinary"
      ? []
      : [call.action === "InstallMSI" ? "/i" : "/x", path, "/qn", "/norestart"];
  const command = installer.length > 0 ? ["msiexec.exe", ...installer] : [path, ...given];
  const result = runFile(path, call);
  if (result.exitCode !== 0 && installer.length > 0)
    result.exitCode = call.action === "InstallMSI" ? 1619 : 1605;
  if (call.action === "UninstallMSI" && result.exitCode === 1605) result.exitCode = 0;
  const forced = inputs.reboot === "Force" && result.exitCode === 0;
  return { ...commandLines(call, { result, command }), ...(forced ? { reboot: "next" as const } : {}) };
}

/** A file the simulator has no text of succeeds, unless its name says that it is missing. */
function runFile(path: string, call: ModuleCall): ScriptResult {
  const durationMs = between(`${call.key}/${path}`, 1500, 18_000);
  if (!isMissingName(path)) return { stdout: [], stderr: "", output: "", exitCode: 0, durationMs };
  const stderr = `The system cannot find the file specified: ${path}\n`;
  return { stdout: [], stderr, output: "", exitCode: 1, durationMs: 90 };
}

interface CommandText {
  result: ScriptResult;
  command: string[];
  before?: string[];
  after?: string[];
}

/** The lines of a command as AWSTOE has written them since 2021. */
export function commandLines(
  call: ModuleCall,
  { result, command, before = [], after = [] }: CommandText,
): ModuleResult {
  const { startMs } = call;
  const lines = before.map((message) => ({ offsetMs: startMs, message }));
  const say = (offsetMs: number, message: string) => lines.push({ offsetMs, message });
  say(
    startMs,
    `CmdExecution: Preparing object for command ${command[0] ?? ""} with arguments [${command.slice(1).join(" ")}]`,
  );
  say(startMs, `CmdExecution: Starting execution of command with arguments [${command.join(" ")}]`);
  for (const { atMs, line } of result.stdout)
    say(startMs + atMs, line === "" ? "Stdout:" : `Stdout: ${line}`);
  const endMs = startMs + result.durationMs + 2;
  // A machine that went down writes nothing more.
  if (result.lost) return { lines, endMs, outputs: {}, lost: true };
  const rebooting = result.exitCode === REBOOT_CODES[call.machine.platform];
  const good =
    result.exitCode === 0 || (call.action.endsWith("MSI") && [1614, 1641].includes(result.exitCode));
  say(endMs, "CmdExecution: Terminating read operation on STDOUT pipe - EOF");
  say(endMs, "CmdExecution: Command execution has been completed");
  if (rebooting) say(endMs, "CmdExecution: Getting reboot signal");
  // Differs from AWS: the line of a failed command is not established.
  else if (!good)
    say(endMs, `CmdExecution: Command execution was completed with failure - exit status ${result.exitCode}`);
  else say(endMs, "CmdExecution: Command execution was completed successfully");
  const [first = "", ...more] = result.stderr.replace(/\n$/, "").split("\n");
  say(endMs, `CmdExecution: Stderr: ${first}`);
  for (const line of more) say(endMs, line);
  say(endMs, `CmdExecution: ExitCode ${result.exitCode}`);
  for (const message of after) say(endMs, message);
  const outputs = { stdout: result.output.replace(/\n$/, "") };
  const base = { lines, endMs, outputs, exitCode: result.exitCode };
  if (rebooting) return { ...base, reboot: call.action.endsWith("MSI") ? "next" : "same" };
  return good
    ? base
    : { ...base, failure: { errorMessage: `exit status ${result.exitCode}`, stderr: result.stderr } };
}
