import { commandLines, executeProgram, executeScript } from "./command-modules";
import type { ComponentRun } from "./component-run";
import type { AwstoeStep, Loop } from "./document";
import { changeFiles } from "./file-modules";
import type { ModuleCall, ModuleResult } from "./module-contract";
import { type References, resolveText, resolveValue } from "./references";
import { MissingParameter } from "./runtime-references";
import { assertHolds, reboot, updateOs } from "./system-modules";

const MODULES: Readonly<Record<string, (call: ModuleCall) => ModuleResult>> = {
  Assert: assertHolds,
  ExecuteBash: executeScript,
  ExecutePowerShell: executeScript,
  ExecuteBinary: executeProgram,
  ExecuteDocument: (call) => call.runDocument(call),
  InstallMSI: executeProgram,
  UninstallMSI: executeProgram,
  Reboot: reboot,
  UpdateOS: updateOs,
};

export type StepCall = Omit<ModuleCall, "inputs" | "action">;

/** One attempt at a step, all iterations of its loop; a step's time limit covers them together. */
export function runStepOnce(step: AwstoeStep, call: StepCall, fault?: ComponentRun["fault"]): ModuleResult {
  const total: ModuleResult = { lines: [], endMs: call.startMs, outputs: {} };
  for (const [index, names] of iterations(step.loop, call.references).entries()) {
    const references: References = {
      ...call.references,
      names: new Map([...call.references.names, ...names]),
    };
    const result = runModule(
      step,
      {
        ...call,
        references,
        key: `${call.key}/${index}`,
        startMs: total.endMs,
      },
      fault,
    );
    total.lines.push(...result.lines);
    for (const [name, value] of Object.entries(result.outputs)) {
      const before = total.outputs[name];
      total.outputs[name] = before === undefined ? value : `${before}\n${value}`;
    }
    const { outputs: _, lines: __, ...rest } = result;
    Object.assign(total, rest);
    if (result.failure || result.reboot || result.lost) break;
  }
  return limitTime(step, call, total);
}

function limitTime(step: AwstoeStep, call: StepCall, result: ModuleResult): ModuleResult {
  const limitMs = call.startMs + step.timeoutSeconds * 1000;
  if (step.timeoutSeconds < 0 || step.action === "Reboot" || result.endMs <= limitMs) return result;
  const errorMessage = `Step ${step.name} timed out after ${step.timeoutSeconds} seconds`;
  const lines = result.lines.filter((line) => line.offsetMs <= limitMs);
  lines.push({ offsetMs: limitMs, message: `${step.action}: ${errorMessage}` });
  return { lines, endMs: limitMs, outputs: {}, failure: { errorMessage, stderr: "" } };
}

function runModule(step: AwstoeStep, base: StepCall, fault?: ComponentRun["fault"]): ModuleResult {
  const { action } = step;
  const result = withoutOutput(step, attemptModule(step, base, fault));
  const call = { startMs: base.startMs };
  result.lines.unshift({ offsetMs: call.startMs, message: `${action}: STARTED EXECUTION` });
  if (!result.lost) result.lines.push({ offsetMs: result.endMs, message: `${action}: FINISHED EXECUTION` });
  return result;
}

function attemptModule(step: AwstoeStep, base: StepCall, fault?: ComponentRun["fault"]): ModuleResult {
  const { action } = step;
  try {
    const call: ModuleCall = { ...base, action, inputs: resolveValue(step.inputs, base.references) };
    return fault ? failOnPurpose(call, fault) : (MODULES[action] ?? changeFiles)(call);
  } catch (error) {
    if (!(error instanceof MissingParameter)) throw error;
    const failure = { errorMessage: error.message, stderr: "" };
    const lines = [{ offsetMs: base.startMs, message: `${action}: ${error.message}` }];
    return { lines, endMs: base.startMs, outputs: {}, failure };
  }
}

/** With disableLogging AWSTOE logs that the module ran, and nothing of what it printed. */
function withoutOutput(step: AwstoeStep, result: ModuleResult): ModuleResult {
  if (!step.disableLogging) return result;
  const { failure } = result;
  return { ...result, lines: [], ...(failure && { failure: { ...failure, stderr: "" } }) };
}

/** The step behaves as the fault says instead of what its commands say. */
function failOnPurpose(call: ModuleCall, fault: NonNullable<ComponentRun["fault"]>): ModuleResult {
  const stdout = (fault.stdout ?? []).map((line, index) => ({ atMs: 900 * (index + 1), line }));
  const durationMs = 900 * (stdout.length + 1);
  const result = { stdout, stderr: fault.stderr, output: "", exitCode: fault.exitCode, durationMs };
  return commandLines(call, {
    result,
    command: [call.machine.platform === "Windows" ? "powershell" : "bash"],
  });
}

/** The names each iteration sees; one iteration without names where there is no loop. */
function iterations(loop: Loop | undefined, references: References): Map<string, string>[] {
  if (!loop) return [new Map()];
  const names = (value: string, index: number) =>
    new Map([
      [`${loop.name}.index`, String(index)],
      [`${loop.name}.value`, value],
      ["loop.index", String(index)],
      ["loop.value", value],
    ]);
  const { values } = loop;
  if (values.kind === "list")
    return values.items.map((item, index) => names(resolveText(item, references), index));
  if (values.kind === "text") {
    const items = resolveText(values.list, references)
      .split(values.delimiter)
      .map((item) => item.trim());
    return items.filter((item) => item !== "").map(names);
  }
  const rounds: Map<string, string>[] = [];
  const { start, end, updateBy } = values;
  for (let value = start; updateBy > 0 ? value <= end : value >= end; value += updateBy) {
    rounds.push(names(String(value), rounds.length));
    if (rounds.length >= 1000) break;
  }
  return rounds;
}
