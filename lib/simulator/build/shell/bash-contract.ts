import type { Expander } from "./bash-expand";
import type { Machine, Status } from "./machine";

/** The script ends with this code; lost: it took the machine down with it. */
export class ExitSignal extends Error {
  constructor(
    readonly code: number,
    readonly lost = false,
  ) {
    super(`exit ${code}`);
  }
}

/** Where a command reads and writes. */
export interface Streams {
  input?: string;
  out: (text: string) => void;
  err: (text: string) => void;
}

/** What a program sees of the shell that runs it. */
export interface Shell extends Expander {
  readonly machine: Machine;
  readonly epochMs: number;
  readonly options: { errexit: boolean; pipefail: boolean; xtrace: boolean };
  readonly lists: Map<string, string[]>;
  folder: string;
  clockMs: number;
  line: number;
  /** An absolute path. */
  path: (name: string) => string;
  /** Runs a command by name. */
  call: (name: string, args: string[], io: Streams) => Status;
  /** Runs a text as a script of its own; its `exit` becomes the status. */
  script: (text: string, io: Streams) => Status;
}

export type Command = (call: { name: string; args: string[]; shell: Shell; io: Streams }) => Status;
