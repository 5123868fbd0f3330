import type { LogTree } from "../parser/types";
import type { BuildLogState } from "../types";
import type { StoredLine } from "./log-store";
import type { LogMatches, LogQuery } from "./search-log";

/** What the page asks of the worker that holds the log. */
export type LogRequest =
  /** A tab that is opened behind another one asks for nothing before it is seen. `keptParts` of a log known to be kept. */
  | { kind: "open"; url: string; isVisible: boolean; keptParts?: number | undefined }
  /** Lets go of the connection while nobody can see the log, and takes it up again. */
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "lines"; numbers: number[] }
  | { kind: "text"; id: number; first: number; last: number }
  | { kind: "search"; query: LogQuery };

export type LogSummary = {
  lineCount: number;
  byteCount: number;
  state: BuildLogState;
  tree: LogTree;
  /** All lines so far have been parsed. */
  isParsed: boolean;
  /** Changes when lines already given are no longer true. */
  generation: number;
};

/** The first lines of a kept log, what they are parts of, and how many parts the log has: what a page shows at first. */
export type LogHead = { parts: number; lines: StoredLine[]; tree: LogTree };

export type LogAnswer =
  | { kind: "summary"; summary: LogSummary }
  | { kind: "lines"; generation: number; lines: [number: number, line: StoredLine][] }
  | { kind: "text"; id: number; text: string }
  | { kind: "matches"; query: LogQuery; matches: LogMatches; isComplete: boolean; mistake?: string };
