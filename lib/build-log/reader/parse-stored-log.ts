import { LogParser } from "../parser/log-parser";
import { endOf, type LogStore } from "./log-store";

const code = (character: string) => character.charCodeAt(0);
const STDOUT = [..."Stdout:"].map(code);
const [ZERO, NINE, SPACE, A, W, BAR] = [code("0"), code("9"), code(" "), code("A"), code("W"), code("|")];

/** Parses what a store holds, some at a time. Most lines are output, and are not even made into text. */
export class StoredLogParser {
  private parser = new LogParser();
  private readonly decoder = new TextDecoder();

  constructor(private readonly store: LogStore) {}

  get tree() {
    return this.parser.tree;
  }

  /** Takes up to `lines` more. False when all are taken. */
  advance(lines: number): boolean {
    const until = Math.min(this.tree.lineCount + lines, this.store.lineCount);
    while (this.tree.lineCount < until) {
      const number = this.tree.lineCount;
      const segment = this.store.segmentOf(number);
      if (!segment) break;
      const last = Math.min(until - segment.firstLine, segment.lineCount);
      for (let index = number - segment.firstLine; index < last; index++) {
        const start = segment.starts[index] ?? 0;
        const end = endOf(segment, index);
        const time = segment.times[index] || undefined;
        const look = this.parser.needsText ? "text" : glance(segment.bytes, start, end);
        if (look === "text") this.parser.push(this.decoder.decode(segment.bytes.subarray(start, end)), time);
        else this.parser.pushOutput(time);
      }
    }
    return this.tree.lineCount < this.store.lineCount;
  }

  restart(): void {
    this.parser = new LogParser();
  }
}

/** Whether the first bytes of a line can be AWS's own. */
function glance(bytes: Uint8Array, start: number, end: number): "text" | "output" {
  const first = bytes[start] ?? 0;
  if (start === end) return "output";
  if (first === STDOUT[0] && STDOUT.every((byte, index) => bytes[start + index] === byte)) return "output";
  if (first >= A && first <= W) return "text";
  if (first === SPACE) return bytes[start + 1] === SPACE || bytes[start + 1] === BAR ? "text" : "output";
  if (first >= ZERO && first <= NINE) return hasEnvelope(bytes, start) ? "text" : "output";
  return first === BAR ? "text" : "output";
}

/** The separators of the three envelopes that begin with a digit stand at fixed places. */
const hasEnvelope = (bytes: Uint8Array, start: number): boolean =>
  bytes[start + 13] === code(",") ||
  (bytes[start + 19] === code(".") && bytes[start + 29] === code("Z")) ||
  (bytes[start + 10] === SPACE && bytes[start + 23] === SPACE);
