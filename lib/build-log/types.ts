/** One event of a CloudWatch Logs stream. A message may hold line breaks; its text is never changed. */
export type LogEvent = {
  /** Epoch milliseconds. */
  timestamp: number;
  message: string;
};

/** Lines of a log, in the order CloudWatch gave them. */
export type LogBatch = {
  /** Number of the first line, from 0. */
  firstLine: number;
  /** Epoch milliseconds of each line; lines of one event share theirs. */
  times: number[];
  /** The lines, each ended by `\n`. */
  text: string;
};

/** How the reading of a log goes; `message` says why and what comes next, in words for the page. */
export type BuildLogState = {
  phase:
    | "opening"
    /** CloudWatch has no such stream yet. */
    | "waiting"
    | "live"
    | "slowed"
    | "interrupted"
    | "denied"
    /** The build has ended and CloudWatch has no log of it. */
    | "missing"
    /** Every line has been read. */
    | "ended";
  message?: string;
};

/** What a viewer of a log is told. After `lines` it holds all up to `cursor`, and goes on from there next time. */
export type BuildLogMessage =
  | { kind: "lines"; cursor: string; batch: LogBatch }
  | { kind: "state"; state: BuildLogState }
  /** The log is not the one the viewer began with: drop all lines, they come again from the first. */
  | { kind: "reset" }
  /** The whole log is kept: whoever can read its parts has them at once. Only who asks for it is told so. */
  | { kind: "kept"; parts: number };

/** True once nothing more will come. */
export const isOver = ({ phase }: BuildLogState): boolean => phase === "ended" || phase === "missing";

/** Lines of a log by their numbers, from 1. */
export type LogExcerpt = { lines: { number: number; text: string }[] };
