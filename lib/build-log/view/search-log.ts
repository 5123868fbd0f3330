import { endOf, type LogStore } from "./log-store";

export type LogQuery = { text: string; isRegex: boolean; matchCase: boolean };

export type LogMatches = {
  /** All matches; a line may have several. */
  count: number;
  /** Lines that have a match, in order. */
  lines: number[];
};

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** The query as a regular expression. Throws `SyntaxError` for one that is none. */
export const toPattern = ({ text, isRegex, matchCase }: LogQuery): RegExp =>
  new RegExp(isRegex ? text : text.replace(SPECIAL, "\\$&"), matchCase ? "gm" : "gim");

/**
 * Searches segment by segment, and hands over after each, so that the caller may do something else in between.
 * Bytes are searched as one-byte text: a line is made only where it is shown.
 */
export function* searchLog(store: LogStore, query: LogQuery): Generator<LogMatches> {
  const matches: LogMatches = { count: 0, lines: [] };
  if (query.text === "") return;
  // Bytes stand for themselves while the query is ASCII, or is plain text that is encoded the same way.
  const isAscii = /^[\0-\x7f]*$/.test(query.text);
  const asText = !isAscii && (query.isRegex || !query.matchCase);
  const needle = asText || isAscii ? query.text : toOneByteText(new TextEncoder().encode(query.text));
  const plain = !query.isRegex && query.matchCase && !asText ? needle : undefined;
  const pattern = toPattern(query);
  for (const segment of store.segments) {
    const bytes = segment.bytes.subarray(0, segment.size);
    if (asText) addByLine(store, segment.firstLine, segment.lineCount, pattern, matches);
    else {
      const text = toOneByteText(bytes);
      let line = 0;
      const add = (at: number) => {
        matches.count++;
        while (line < segment.lineCount - 1 && endOf(segment, line) < at) line++;
        const number = segment.firstLine + line;
        if (matches.lines.at(-1) !== number) matches.lines.push(number);
      };
      if (plain !== undefined) {
        for (let at = text.indexOf(plain); at >= 0; at = text.indexOf(plain, at + plain.length)) add(at);
      } else {
        pattern.lastIndex = 0;
        for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
          if (match[0] === "") pattern.lastIndex++;
          else add(match.index);
        }
      }
    }
    yield matches;
  }
}

function addByLine(
  store: LogStore,
  first: number,
  count: number,
  pattern: RegExp,
  matches: LogMatches,
): void {
  for (let number = first; number < first + count; number++) {
    const found = [...(store.line(number)?.text ?? "").matchAll(pattern)].filter(([text]) => text !== "");
    if (found.length === 0) continue;
    matches.count += found.length;
    matches.lines.push(number);
  }
}

const oneByte = new TextDecoder("latin1");
const toOneByteText = (bytes: Uint8Array): string => oneByte.decode(bytes);
