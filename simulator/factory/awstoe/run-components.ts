import { between } from "../deterministic";
import { type Machine, printable } from "../shell/machine";
import type { ComponentInput } from "../types";
import type { ComponentRun, ComponentRunResult, StepFailure } from "./component-run";
import type { AwstoeDocument, AwstoePhase, AwstoeStep, Condition } from "./document";
import { comparisonHolds } from "./evaluate-condition";
import type { ModuleResult } from "./module-contract";
import { executeDocument, type Nesting } from "./nested-document";
import { parseComponentDocument } from "./parse-component-document";
import type { References } from "./references";
import { runStepOnce } from "./run-step";
import { MissingParameter } from "./runtime-references";

/** After so many restarts of one step, SSM stops starting AWSTOE again. */
const MAX_REBOOTS = 5;

type StepEnd = "passed" | "failed" | "ignored" | "aborted" | "lost";

/** AWSTOE at work on one machine. */
class Executor {
  readonly lines: ComponentRunResult["lines"] = [];
  clock: number;
  failure: StepFailure | undefined;
  readonly counts = { executed: 0, failed: 0, ignored: 0 };
  readonly machine: Machine;
  isOwn = false;
  private fault: ComponentRun["fault"];

  constructor(
    private readonly run: ComponentRun,
    private readonly outer?: { machine: Machine; chain: readonly string[]; startMs: number },
  ) {
    this.fault = run.fault;
    this.clock = outer?.startMs ?? 0;
    const { platform, region, accountId, key } = run;
    const own = <Value>(value: Value): Value => {
      this.isOwn = true;
      return value;
    };
    this.machine = outer?.machine ?? {
      platform,
      osVersion: run.osVersion ?? (platform === "Linux" ? "Amazon Linux 2023" : platform),
      region,
      accountId,
      key,
      files: new Map(run.files),
      restarts: 0,
      environment: (name) => {
        const value = run.environment?.[name];
        // Which phase it is all builds have in common.
        return value === undefined || name === "IMAGE_PHASE" ? value : own(value);
      },
      get instanceId() {
        return own(run.instanceId);
      },
      get imageId() {
        return own(run.imageId);
      },
      get epochMs() {
        return own(run.epochMs);
      },
    };
  }

  say(message: string): void {
    this.lines.push({ offsetMs: this.clock, message });
  }

  /** Runs one document's phases; gives how it ended. */
  document(component: ComponentInput, index: number, phases: readonly string[] | "all"): StepEnd {
    this.say(`Document ${component.arn}`);
    const parsed = parseComponentDocument(component.document);
    if (!parsed.ok) return "failed";
    const steps = new Map<string, { inputs: unknown; outputs: Record<string, string> }>();
    const names = namesOf(parsed.document, component);
    const { machine } = this;
    const { parameterValues } = this.run;
    let end: StepEnd = "passed";
    for (const phase of parsed.document.phases) {
      if (phases !== "all" && !phases.includes(phase.name)) continue;
      this.clock += 1;
      this.say(`Phase ${phase.name}`);
      for (const step of phase.steps) {
        const key = `${this.run.key}/${index}/${phase.name}/${step.name}`;
        const place = { machine, phase: phase.name, step: step.name, parameterValues };
        const references: References = { names, steps, place };
        const result = this.step({
          component,
          document: parsed.document,
          phase,
          step,
          references,
          steps,
          key,
        });
        if (result === "aborted" || result === "lost") return result;
        if (result === "failed") end = "failed";
        this.clock += between(`${key}/pause`, 20, 60);
      }
    }
    return end;
  }

  private step(at: StepPlace): StepEnd {
    const { step } = at;
    this.say(`Step ${step.name}`);
    if (step.condition) {
      const holds = this.holds(at, step.condition);
      if (typeof holds === "string") return this.fail(at, { errorMessage: holds, stderr: "" }, "aborted");
      const outcome = holds ? step.condition.onTrue : step.condition.onFalse;
      // Differs from AWS: the lines of a condition are not established.
      if (outcome !== "Execute")
        this.say(`Condition: 'if' evaluated to ${holds} for step ${step.name} - ${outcome}`);
      if (outcome === "Skip") return "passed";
      if (outcome === "Abort")
        return this.fail(
          at,
          { errorMessage: `Step ${step.name} was aborted by its condition`, stderr: "" },
          "aborted",
        );
    }
    this.counts.executed++;
    for (let attempt = 1; ; attempt++) {
      const result = this.attempt(at, attempt);
      if (result.lost) return "lost";
      at.steps.set(`${at.phase.name}.${step.name}`, { inputs: step.inputs, outputs: result.outputs });
      if (!result.failure) return "passed";
      if (attempt < step.maxAttempts) {
        // Differs from AWS: the lines of a retry are not established.
        this.say(
          `Executor: Attempt ${attempt} of ${step.maxAttempts} failed for step ${step.name}. Retrying`,
        );
        this.clock += 1000;
        continue;
      }
      if (step.onFailure === "Ignore") {
        this.counts.ignored++;
        return "ignored";
      }
      return this.fail(at, result.failure, step.onFailure === "Abort" ? "aborted" : "failed");
    }
  }

  /** Whether a condition is true; why it cannot be known where a parameter is missing. */
  private holds({ references }: StepPlace, { test }: Condition): boolean | string {
    try {
      return comparisonHolds(test, references, this.machine);
    } catch (error) {
      if (error instanceof MissingParameter) return error.message;
      throw error;
    }
  }

  /** One attempt, with the restarts that it asks for. */
  private attempt(at: StepPlace, attempt: number): ModuleResult {
    for (let reboots = 0; ; reboots++) {
      this.machine.restarts = reboots;
      const result = runStepOnce(
        at.step,
        {
          machine: this.machine,
          references: at.references,
          key: `${at.key}/${attempt}/${reboots}`,
          startMs: this.clock + 1,
          workingDirectory:
            this.run.workingDirectory ?? (this.run.platform === "Windows" ? "C:\\Windows\\TEMP" : "/tmp"),
          runDocument: (call) => executeDocument(call, this.nestingIn(at.component)),
        },
        this.faultFor(at),
      );
      this.lines.push(...result.lines);
      this.clock = result.endMs + 1;
      if (!result.reboot) return result;
      this.say("Rebooting the system now");
      if (reboots >= MAX_REBOOTS) return { ...result, lost: true };
      this.clock += between(`${at.key}/reboot/${reboots}`, 85_000, 118_000);
      this.say("Recovery completed for detailed output.");
      this.say(`Document ${at.component.arn}`);
      this.say(`Phase ${at.phase.name}`);
      this.say("Executor: System has rebooted successfully");
      if (result.reboot === "next") return result;
      this.say(`Step ${at.step.name}`);
    }
  }

  /** How documents run that a document names. */
  private nestingIn({ arn }: ComponentInput): Nesting {
    const chain = [...(this.outer?.chain ?? []), arn];
    const { machine, run } = this;
    const { fault: _fault, ...rest } = run;
    return {
      chain,
      documents: run.documents,
      run(component, phases, startMs) {
        const nested = new Executor(
          { ...rest, key: `${run.key}/${component.arn}` },
          { machine, chain, startMs },
        );
        const end = nested.document(component, 0, phases ?? "all");
        const { lines, clock: endMs, failure } = nested;
        const error = failure && `Step ${failure.stepName}: ${failure.errorMessage}`;
        return { lines, endMs, ...(error && { error }), ...(end === "lost" && { lost: true as const }) };
      },
    };
  }

  private faultFor({ component, step }: StepPlace): ComponentRun["fault"] {
    const { fault } = this;
    if (!fault) return undefined;
    const meant =
      (!fault.component || component.arn.includes(fault.component)) &&
      (!fault.step || fault.step === step.name);
    return meant ? fault : undefined;
  }

  private fail(
    at: StepPlace,
    { errorMessage, stderr }: { errorMessage: string; stderr: string },
    end: StepEnd,
  ): StepEnd {
    this.counts.failed++;
    this.failure ??= {
      componentArn: at.component.arn,
      documentName: at.document.name ?? at.component.arn,
      phaseName: at.phase.name,
      stepName: at.step.name,
      action: at.step.action,
      errorMessage: printable(errorMessage),
      stderr: printable(stderr),
    };
    return end;
  }
}

interface StepPlace {
  component: ComponentInput;
  document: AwstoeDocument;
  phase: AwstoePhase;
  step: AwstoeStep;
  references: References;
  steps: Map<string, { inputs: unknown; outputs: Record<string, string> }>;
  key: string;
}

function namesOf(document: AwstoeDocument, component: ComponentInput): Map<string, string> {
  const names = new Map<string, string>();
  for (const parameter of document.parameters) {
    const value = component.parameters?.[parameter.name] ?? parameter.default;
    if (value !== undefined) names.set(parameter.name, value);
  }
  for (const constant of document.constants) names.set(constant.name, constant.value);
  return names;
}

/** Runs the documents of a recipe on one machine, in order, as AWSTOE does; the first that fails is the last. */
export function runComponents(run: ComponentRun): ComponentRunResult {
  const executor = new Executor(run);
  for (const [index, component] of run.components.entries()) {
    const end = executor.document(component, index, run.phases);
    if (end === "lost") return { ...resultOf(executor), lost: true };
    if (executor.failure) break;
  }
  const { failure } = executor;
  executor.clock += 30;
  if (failure) sayFailure(executor, failure);
  else executor.say("Executor: FINISHED EXECUTION OF ALL DOCUMENTS");
  executor.say(
    failure
      ? "TOE has completed execution with failure - Execution failed!"
      : "TOE has completed execution successfully",
  );
  return { ...resultOf(executor), ...(failure ? { failure } : {}) };
}

function resultOf({ lines, clock, machine, counts, isOwn }: Executor): ComponentRunResult {
  return { lines, endMs: clock, files: machine.files, steps: counts, isOwn };
}

/** The block that AWSTOE writes for the first failed step since 2026. */
function sayFailure(executor: Executor, failure: StepFailure): void {
  executor.say(`  Document: ${failure.documentName}`);
  executor.say(`  ComponentArn: ${failure.componentArn}`);
  executor.say(`  Phase: ${failure.phaseName}`);
  executor.say(`  Step: ${failure.stepName}`);
  executor.say(`  Action: ${failure.action}`);
  executor.say(`  ErrorMessage: ${failure.errorMessage}`);
  const [first = "", ...more] = failure.stderr.replace(/\n$/, "").split("\n");
  executor.say(`  Stderr: ${first}`);
  for (const line of more) executor.say(line);
}
