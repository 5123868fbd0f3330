import type { BuildFault, ComponentInput, LogEvent, Platform } from "../types";

/** What ExecuteComponents asks of AWSTOE. */
export interface ComponentRun {
  components: readonly ComponentInput[];
  /** The phases of this stage; a document's own order decides. */
  phases: readonly string[];
  platform: Platform;
  osVersion?: string;
  region: string;
  accountId: string;
  instanceId: string;
  imageId: string;
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
  /** The first step that failed. */
  failure?: StepFailure;
  /** The machine went down outside of the reboot protocol: AWSTOE never reported. */
  lost?: true;
  /** What AWSTOE prints at its end. */
  summary: Record<string, unknown>;
}

export interface StepFailure {
  componentArn: string;
  documentName: string;
  phaseName: string;
  stepName: string;
  action: string;
  errorMessage: string;
  stderr: string;
}
