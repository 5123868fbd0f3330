import type { LogNode, LogTree } from "@/lib/build-log/parser/types";
import { type LogQuery, toPattern } from "@/lib/build-log/reader/search-log";
import type { LogSearch } from "./log-client";

export const NO_QUERY: LogQuery = { text: "", isRegex: false, matchCase: false };

export const sameQuery = (a: LogQuery | undefined, b: LogQuery) =>
  a?.text === b.text && a.isRegex === b.isRegex && a.matchCase === b.matchCase;

/** Undefined for no query and for one that is no regular expression; the worker says what is wrong with it. */
export function patternOf(query: LogQuery): RegExp | undefined {
  if (query.text === "") return undefined;
  try {
    return toPattern(query);
  } catch {
    return undefined;
  }
}

/**
 * Whether a line's matches may be looked for on the page's own thread: plain text always; an expression, which may go
 * on for ever, only on lines where the worker came to an end with it.
 */
export function isFoundIn(found: LogSearch | undefined, query: LogQuery, line: number): boolean {
  if (!query.isRegex) return true;
  if (!found || found.mistake !== undefined || !sameQuery(found.query, query)) return false;
  const { lines } = found.matches;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return lines[low] === line;
}

/** The lines a filter leaves: all, those of stderr, or those of one document by its place in the tree. */
export function linesOf(filter: string, { stderr, nodes }: LogTree): [number, number][] | undefined {
  if (filter === "") return undefined;
  if (filter === "stderr") return stderr;
  const node = nodes[Number(filter)];
  return node && [[node.firstLine, node.lastLine]];
}

/** First lines of what went wrong: stderr of failed steps, else their last line. */
export function errorLines({ nodes, stderr }: LogTree): number[] {
  return nodes
    .filter(({ level, outcome }) => level === "step" && outcome === "failed")
    .map(
      ({ firstLine, lastLine }) =>
        stderr.find(([first]) => first >= firstLine && first <= lastLine)?.[0] ?? lastLine,
    );
}

/** The innermost part of the build that a line, from 0, belongs to. */
export const nodeAt = ({ nodes }: LogTree, line: number): LogNode | undefined =>
  nodes.findLast(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);

/** The next place after `from`, or before it; round the end to the other one. Places are in order. */
export function nextPlace(places: number[], from: number, step: 1 | -1): number | undefined {
  return step > 0
    ? (places.find((place) => place > from) ?? places[0])
    : (places.findLast((place) => place < from) ?? places.at(-1));
}
