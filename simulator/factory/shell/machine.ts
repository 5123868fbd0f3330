import type { Platform } from "../types";

/** The build or test instance, as far as commands can see it. */
export interface Machine {
  platform: Platform;
  osVersion: string;
  region: string;
  accountId: string;
  instanceId: string;
  imageId: string;
  /** The wall clock when AWSTOE began. */
  epochMs: number;
  /** Text of each file that was written, by absolute path; folders hold FOLDER. */
  files: Map<string, string>;
  /** Seeds temporary names and durations. */
  key: string;
  /** Variables of the environment that Image Builder sets for components. */
  environment?(name: string): string | undefined;
  /** How often the running step has restarted the machine: a guess leads to one restart at most. */
  restarts: number;
}

/** The longest text a variable, a file or a script's output may have: no script grows without end. */
export const MAX_TEXT = 250_000;

export const FOLDER = "\u0000folder";

/**
 * Stands inside a text for what the simulator cannot know (the answer of a real program). It goes through
 * variables and pipes; a test that meets it is undecided. Printed as `unknown`.
 */
export const UNKNOWN = "\uE000";

export const isUnknown = (text: string): boolean => text.includes(UNKNOWN);

export const printable = (text: string): string => text.replaceAll(UNKNOWN, "unknown");

/** Stands in a line of the log for the wall clock so many milliseconds after AWSTOE began. */
export const wallClockAt = (ms: number): string => `\uE001${ms}\uE001`;

export const withWallClock = (line: string, epochMs: number): string =>
  line.includes("\uE001")
    ? line.replaceAll(/\uE001([\d.]+)\uE001/g, (_, ms: string) => goTime(epochMs + Number(ms)))
    : line;

const goTime = (epochMs: number): string =>
  new Date(epochMs).toISOString().replace("T", " ").replace("Z", "0000 +0000 GMT");

/** How a command ended. Undecided: the code is a guess, and a branch that fails on its face is not taken for it. */
export interface Status {
  code: number;
  undecided?: true;
}

export const OK: Status = { code: 0 };
export const GUESS_TRUE: Status = { code: 0, undecided: true };
export const GUESS_FALSE: Status = { code: 1, undecided: true };

/** What a script did. Times count from its start. */
export interface ScriptResult {
  stdout: { atMs: number; line: string }[];
  stderr: string;
  /** What a later step's chained reference sees: the standard output, unknown parts still marked. */
  output: string;
  exitCode: number;
  durationMs: number;
  /** The script took the machine down outside of AWSTOE's reboot protocol. */
  lost?: true;
}

/** Names no one would install: a user types them to see a command, package or file that is missing. */
export function isMissingName(name: string): boolean {
  return /(^|[-_./\\])(no-?such|missing|not-?installed|nonexist(e|a)nt|does-?not-?exist)([-_./\\]|$)|^htpd$/i.test(
    name,
  );
}

/** Collects what a script prints. */
export class ScriptOutput {
  readonly lines: { atMs: number; line: string }[] = [];
  output = "";
  stderr = "";
  private partial = "";

  get full(): boolean {
    return this.output.length > MAX_TEXT;
  }

  write(text: string, atMs: number): void {
    this.output += text;
    // The bare answer of a program the simulator does not know: a script may use it, but it has no line.
    if (text === UNKNOWN) return;
    const parts = (this.partial + text).split("\n");
    this.partial = parts.pop() ?? "";
    for (const line of parts) this.lines.push({ atMs, line: printable(line) });
  }

  warn(text: string): void {
    if (this.stderr.length < MAX_TEXT) this.stderr += printable(text);
  }

  finish(atMs: number): void {
    if (this.partial) this.lines.push({ atMs, line: printable(this.partial) });
    this.partial = "";
  }
}
