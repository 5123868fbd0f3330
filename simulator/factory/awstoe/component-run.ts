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
  /** Files that commands wrote before, by path. */
  files: ReadonlyMap<string, string>;
  /** Seeds durations and temporary names. */
  key: string;
  /** The wall clock when the run begins, for `date`. */
  epochMs: number;
  workingDirectory?: string;
  /** Texts that ExecuteDocument names, by ARN or S3 address; null where there is none. Others are not known. */
  documents?: Readonly<Record<string, string | null>>;
  /** Of Parameter Store, by name; null where there is none. Others are not known. */
  parameterValues?: Readonly<Record<string, string | null>>;
  /** What Image Builder sets in the environment of components; read only where a component asks for it. */
  environment?: Readonly<Record<string, string>>;
  fault?: Extract<BuildFault, { kind: "component-step" }>;
}

/** Times are milliseconds since the run began. */
export interface ComponentRunResult {
  lines: LogEvent[];
  endMs: number;
  /** The files there were, and those that commands wrote. */
  files: ReadonlyMap<string, string>;
  /** A command asked for what only this machine has: its ids or the time. */
  isOwn: boolean;
  /** The first step that failed. */
  failure?: StepFailure;
  /** The machine went down outside of the reboot protocol: AWSTOE never reported. */
  lost?: true;
  steps: { executed: number; failed: number; ignored: number };
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
