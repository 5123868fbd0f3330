import { ExitSignal, type Streams } from "./bash-contract";
import { parseBash } from "./bash-parser";
import { UnreadableScript } from "./bash-reader";
import type { List } from "./bash-syntax";
import { UnexpectedEnd } from "./bash-words";

/** What this parser cannot read as a whole it reads line by line, leaving out what it cannot read then. */
export function readScript(script: string, io: Streams): List {
  try {
    return parseBash(script);
  } catch (problem) {
    if (problem instanceof UnexpectedEnd) {
      const line = script.split("\n").length;
      const what = /^[a-z]/.test(problem.expected) ? "syntax error: unexpected end of file" : problem.message;
      io.err(`bash: line ${line}: ${what}\n`);
      throw new ExitSignal(2);
    }
    // A RangeError: brackets nested deeper than the stack.
    if (!(problem instanceof UnreadableScript || problem instanceof RangeError)) throw problem;
    return script.split("\n").flatMap(parseOrNothing);
  }
}

/** A text that is no script of ours does nothing. */
export function parseOrNothing(text: string): List {
  try {
    return parseBash(text);
  } catch {
    return [];
  }
}
