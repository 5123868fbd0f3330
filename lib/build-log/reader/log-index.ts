import type { LogTree } from "../parser/types";

/** To be raised whenever the parser says something else of the same log: indexes that were kept are then made anew. */
export const LOG_INDEX_VERSION = 2;

/** What is known of a kept log without its text: enough to scroll, jump and fold. It is kept with the log. */
export type LogIndex = {
  version: number;
  /** Each part's lines, and the bytes of its text. */
  parts: { lines: number; bytes: number }[];
  tree: LogTree;
};
