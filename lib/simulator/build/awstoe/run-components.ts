import { between } from "../deterministic";
import type { BuildFault, ComponentInput, LogEvent, Platform } from "../types";
import { parseComponentDocument } from "./parse-component-document";

export interface ComponentRun {
  components: readonly ComponentInput[];
  /** The phases of this stage; a document's own order decides. */
  phases: readonly string[];
  platform: Platform;
  osVersion?: string;
  region: string;
  accountId: string;
  /** Files that commands wrote, by path; changed in place. */
  files: Map<string, string>;
  /** Seeds durations and temporary names. */
  key: string;
  startMs: number;
  /** The wall clock at build start, for `date`. */
  epochMs: number;
  workingDirectory?: string;
  fault?: Extract<BuildFault, { kind: "component-step" }>;
}

export interface ComponentRunResult {
  lines: LogEvent[];
  endMs: number;
  failure?: {
    componentArn: string;
    phaseName: string;
    stepName: string;
    action: string;
    errorMessage: string;
    stderr: string;
  };
  /** What AWSTOE prints at its end. */
  summary: Record<string, unknown>;
}

/** Runs the documents of a recipe on one machine, as AWSTOE does. */
export function runComponents(run: ComponentRun): ComponentRunResult {
  const lines: LogEvent[] = [];
  let clock = run.startMs;
  const say = (message: string) => lines.push({ offsetMs: clock, message });
  for (const component of run.components) {
    const parsed = parseComponentDocument(component.document);
    if (!parsed.ok) continue;
    say(`Document ${component.arn}`);
    for (const phase of parsed.document.phases.filter(({ name }) => run.phases.includes(name))) {
      say(`Phase ${phase.name}`);
      for (const step of phase.steps) {
        say(`Step ${step.name}`);
        say(`${step.action}: STARTED EXECUTION`);
        clock += between(`${run.key}/${component.arn}/${phase.name}/${step.name}`, 500, 9000);
        say(`${step.action}: FINISHED EXECUTION`);
      }
    }
  }
  say("Executor: FINISHED EXECUTION OF ALL DOCUMENTS");
  say("TOE has completed execution successfully");
  return { lines, endMs: clock, summary: { status: "success" } };
}
