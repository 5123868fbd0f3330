import type { Machine } from "../shell/machine";
import type { LogEvent } from "../types";
import type { Mapping } from "./document";
import type { References } from "./references";

export interface ModuleCall {
  action: string;
  /** References filled in. */
  inputs: unknown;
  machine: Machine;
  references: References;
  /** Seeds temporary names and durations. */
  key: string;
  /** Milliseconds since AWSTOE began. */
  startMs: number;
  /** Where AWSTOE keeps temporary files. */
  workingDirectory: string;
  /** Runs ExecuteDocument, which needs all that a document does. */
  runDocument(call: ModuleCall): ModuleResult;
}

export interface ModuleResult {
  lines: LogEvent[];
  endMs: number;
  outputs: Record<string, string>;
  /** Commands only. */
  exitCode?: number;
  failure?: { errorMessage: string; stderr: string };
  /** `same`: run this step again after the reboot; `next`: go on with the one after it. */
  reboot?: "same" | "next";
  /** The machine went down outside of the reboot protocol. */
  lost?: true;
}

/** The maps of a module's inputs, whether it takes one or a list. */
export function entriesOf(inputs: unknown): Mapping[] {
  const list = Array.isArray(inputs) ? inputs : [inputs];
  return list.filter((entry): entry is Mapping => typeof entry === "object" && entry !== null);
}

export const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : String(value);
