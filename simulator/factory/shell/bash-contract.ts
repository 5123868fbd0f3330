import type { Expander } from "./bash-expand";
import type { List } from "./bash-syntax";
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

export class ReturnSignal extends Error {
  constructor(readonly status: Status) {
    super("return");
  }
}

export class LoopSignal extends Error {
  constructor(readonly word: "break" | "continue") {
    super(word);
  }
}

/** The script does more than the simulator is willing to play: it ends here, whatever surrounds it. */
export class OverrunSignal extends Error {}

/** Where a command reads and writes. */
export interface Streams {
  input?: string;
  out: (text: string) => void;
  err: (text: string) => void;
}

/** What a program sees of the shell that runs it. */
export interface Shell extends Expander {
  readonly machine: Machine;
  /** When the script starts, in milliseconds since AWSTOE began. */
  readonly startMs: number;
  readonly options: { errexit: boolean; pipefail: boolean; xtrace: boolean };
  readonly lists: Map<string, string[]>;
  folder: string;
  clockMs: number;
  line: number;
  /** An absolute path. */
  path: (name: string) => string;
  /** Runs a command by name. */
  call: (name: string, args: string[], io: Streams) => Status;
  runList: (list: List, io: Streams) => Status;
  /** Runs a list as the test of an `if` or a loop: what fails in it ends nothing. */
  test: (list: List, io: Streams) => Status;
  /** Runs a text as a script of its own; its `exit` becomes the status. */
  script: (text: string, io: Streams) => Status;
}

export type Command = (call: { name: string; args: string[]; shell: Shell; io: Streams }) => Status;
