import { type ByteNeedle, byteNeedle, findBytes } from "./find-bytes";
import { endOf, type LogSegment, type LogStore } from "./log-store";

export type LogQuery = { text: string; isRegex: boolean; matchCase: boolean };

export type LogMatches = {
  /** All matches; a line may have several. */
  count: number;
  /** Lines that have a match, in order. */
  lines: Uint32Array;
};

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** The query as a regular expression. Throws `SyntaxError` for one that is none. */
export const toPattern = ({ text, isRegex, matchCase }: LogQuery): RegExp =>
  new RegExp(isRegex ? text : text.replace(SPECIAL, "\\$&"), matchCase ? "gm" : "gim");

/** Grows by doubling: a word can be on every line of a long log. */
class FoundLines {
  count = 0;
  private lines = new Uint32Array(1 << 10);
  private size = 0;

  add(line: number): void {
    this.count++;
    if (this.size > 0 && this.lines[this.size - 1] === line) return;
    if (this.size === this.lines.length) {
      const larger = new Uint32Array(this.size * 2);
      larger.set(this.lines);
      this.lines = larger;
    }
    this.lines[this.size++] = line;
  }

  /** What was found so far. What is found later does not change it. */
  read(): LogMatches {
    return { count: this.count, lines: this.lines.slice(0, this.size) };
  }
}

/**
 * After each piece, how to read the matches so far, so that the caller may do something else in between. `missing` is
 * the part of a kept log that has to come before the search can go on.
 */
export type LogSearch = Generator<{ read: () => LogMatches; missing?: number }>;

/**
 * Searches segment by segment. Bytes are searched as bytes, or as one-byte text for a regular expression: a line is
 * made only where it is shown. No match spans two lines.
 */
export function* searchLog(store: LogStore, query: LogQuery): LogSearch {
  const found = new FoundLines();
  const { text, isRegex, matchCase } = query;
  if (text === "") return;
  const isAscii = /^[\0-\x7f]*$/.test(text);
  const pattern = toPattern(query);
  // Plain text is its bytes, wherever cases do not matter or are those of ASCII.
  const needle =
    !isRegex && (isAscii || matchCase) ? byteNeedle(text, { ignoreCase: !matchCase }) : undefined;
  const read = () => found.read();
  for (let number = 0; number < store.segments.length; number++) {
    while (!store.segments[number]?.isHere) yield { read, missing: number };
    const segment = store.segments[number] as LogSegment;
    if (needle) addByBytes(segment, needle, found);
    else if (isAscii) addByPattern(segment, pattern, found);
    else addByLine(store, segment, pattern, found);
    yield { read };
  }
}

/** Tells the line of a place in a segment; places must come in order. */
class LineCounter {
  private index = 0;

  constructor(private readonly segment: LogSegment) {}

  lineAt(at: number): number {
    while (this.index < this.segment.lineCount - 1 && endOf(this.segment, this.index) < at) this.index++;
    return this.segment.firstLine + this.index;
  }
}

function addByBytes(segment: LogSegment, needle: ByteNeedle, found: FoundLines): void {
  const { bytes, size } = segment;
  const lines = new LineCounter(segment);
  const step = needle.bytes.length;
  for (let at = findBytes(bytes, needle, 0, size); at >= 0; at = findBytes(bytes, needle, at + step, size)) {
    found.add(lines.lineAt(at));
  }
}

function addByPattern(segment: LogSegment, pattern: RegExp, found: FoundLines): void {
  const text = oneByte.decode(segment.bytes.subarray(0, segment.size));
  const lines = new LineCounter(segment);
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0].includes("\n")) {
      addLineByLine(text, match.index, pattern, lines, found);
      return;
    }
    if (match[0] === "") pattern.lastIndex++;
    else found.add(lines.lineAt(match.index));
  }
}

/** For a pattern that runs on into the next line, as `[^x]*` does. */
function addLineByLine(
  text: string,
  from: number,
  pattern: RegExp,
  lines: LineCounter,
  found: FoundLines,
): void {
  let start = text.lastIndexOf("\n", from) + 1;
  pattern.lastIndex = from - start;
  for (let end = text.indexOf("\n", start); end >= 0; end = text.indexOf("\n", start)) {
    for (const { 0: matched, index } of text.slice(start, end).matchAll(pattern)) {
      if (matched !== "") found.add(lines.lineAt(start + index));
    }
    pattern.lastIndex = 0;
    start = end + 1;
  }
}

function addByLine(
  store: LogStore,
  { firstLine, lineCount }: LogSegment,
  pattern: RegExp,
  found: FoundLines,
): void {
  for (let number = firstLine; number < firstLine + lineCount; number++) {
    for (const [text] of (store.line(number)?.text ?? "").matchAll(pattern)) {
      if (text !== "") found.add(number);
    }
  }
}

const oneByte = new TextDecoder("latin1");
