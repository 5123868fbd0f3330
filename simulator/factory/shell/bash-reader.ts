import type { Assignment, Node, Redirect, Word } from "./bash-syntax";
import { type Cursor, readWord, UnexpectedEnd } from "./bash-words";

/** A construct this parser does not know. Not an error of the script: the caller falls back to reading line by line. */
export class UnreadableScript extends Error {}

const REDIRECT = /^(\d*)(&>>|&>|<<<|<<-|<<|>>|>&|<&|>\||>|<)/;
const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?(\+?)=/;

export interface Reader extends Cursor {
  /** The line of the place that was last asked for. */
  counted: { at: number; line: number };
  heredocs: { redirect: Redirect; end: string; stripTabs: boolean; expand: boolean }[];
}

export function lineOf(reader: Reader): number {
  const { counted } = reader;
  for (; counted.at < reader.at; counted.at++) if (reader.text.charAt(counted.at) === "\n") counted.line++;
  return counted.line;
}

export function blanks(reader: Reader): void {
  const skipped = /^(?:[ \t\r]|\\\r?\n)*/.exec(reader.text.slice(reader.at))?.[0] ?? "";
  reader.at += skipped.length;
  if (reader.text.charAt(reader.at) === "#") {
    const end = reader.text.indexOf("\n", reader.at);
    reader.at = end < 0 ? reader.text.length : end;
  }
}

export function newlines(reader: Reader): void {
  for (;;) {
    blanks(reader);
    if (reader.text.charAt(reader.at) !== "\n") return;
    reader.at++;
    for (const heredoc of reader.heredocs.splice(0)) readHeredoc(reader, heredoc);
  }
}

function readHeredoc(reader: Reader, { redirect, end, stripTabs, expand }: Reader["heredocs"][number]): void {
  const lines: string[] = [];
  for (;;) {
    if (reader.at >= reader.text.length) break;
    const stop = reader.text.indexOf("\n", reader.at);
    const line = reader.text.slice(reader.at, stop < 0 ? undefined : stop);
    reader.at = stop < 0 ? reader.text.length : stop + 1;
    const bare = stripTabs ? line.replace(/^\t+/, "") : line;
    if (bare.trimEnd() === end) break;
    lines.push(bare);
  }
  const body = lines.map((line) => `${line}\n`).join("");
  const quotes = body.replaceAll('"', '\\"');
  redirect.target = expand
    ? readWord({ text: `"${quotes}"`, at: 0, readList: reader.readList })
    : [{ kind: "text", text: body, quoted: true }];
}

export function keyword(reader: Reader): string | undefined {
  return /^([a-z]+|[{}!]|\[\[)(?=[\s;&|()]|$)/.exec(reader.text.slice(reader.at, reader.at + 12))?.[1];
}

export function take(reader: Reader, word: string): void {
  newlines(reader);
  if (reader.at >= reader.text.length) throw new UnexpectedEnd(word);
  if (!reader.text.startsWith(word, reader.at)) throw new UnreadableScript(`expected ${word}`);
  reader.at += word.length;
}

export function readWords(reader: Reader): Word[] {
  const words: Word[] = [];
  for (;;) {
    blanks(reader);
    const word = readWord(reader);
    if (word.length === 0) return words;
    words.push(word);
  }
}

export function readTest(reader: Reader): Node {
  reader.at += 2;
  const tokens: (Word | string)[] = [];
  for (;;) {
    newlines(reader);
    if (reader.at >= reader.text.length) throw new UnexpectedEnd("]]");
    if (/^\]\](?=[\s;&|)]|$)/.test(reader.text.slice(reader.at, reader.at + 3))) break;
    const operator = /^(&&|\|\||[()<>])/.exec(reader.text.slice(reader.at, reader.at + 2))?.[0];
    if (operator) {
      reader.at += operator.length;
      tokens.push(operator);
      continue;
    }
    const pattern = tokens.at(-1);
    const isPattern = Array.isArray(pattern) && pattern[0]?.kind === "text" && pattern[0].text === "=~";
    const word = readWord(reader, isPattern ? /\s/ : undefined);
    if (word.length === 0) throw new UnreadableScript("[[");
    tokens.push(word);
  }
  reader.at += 2;
  return { kind: "test", tokens, redirects: [] };
}

export function readRedirects(reader: Reader, redirects: Redirect[]): boolean {
  let found = false;
  for (;;) {
    blanks(reader);
    const match = REDIRECT.exec(reader.text.slice(reader.at, reader.at + 8));
    if (!match) return found;
    found = true;
    const [whole, digits = "", operator = ""] = match;
    reader.at += whole.length;
    blanks(reader);
    const descriptor = digits ? Number(digits) : operator.startsWith("<") ? 0 : 1;
    const raw = reader.at;
    const redirect: Redirect = { operator, descriptor, target: readWord(reader) };
    redirects.push(redirect);
    if (operator === "<<" || operator === "<<-") {
      const mark = reader.text.slice(raw, reader.at);
      const end = mark.replaceAll(/['"\\]/g, "");
      reader.heredocs.push({ redirect, end, stripTabs: operator === "<<-", expand: end === mark });
    }
  }
}

export function readSimple(reader: Reader): Node {
  const line = lineOf(reader);
  const node = {
    kind: "simple" as const,
    assignments: [] as Assignment[],
    words: [] as Word[],
    redirects: [] as Redirect[],
    line,
  };
  for (;;) {
    blanks(reader);
    readRedirects(reader, node.redirects);
    const assigned = ASSIGNMENT.exec(reader.text.slice(reader.at, reader.at + 200));
    if (assigned && node.words.length === 0) {
      reader.at += assigned[0].length;
      const assignment: Assignment = { name: assigned[1] ?? "", append: assigned[2] === "+", value: [] };
      if (reader.text.charAt(reader.at) === "(") {
        reader.at++;
        assignment.items = [];
        for (;;) {
          newlines(reader);
          if (reader.text.charAt(reader.at) === ")") break;
          const item = readWord(reader);
          if (item.length === 0)
            throw reader.at >= reader.text.length ? new UnexpectedEnd(")") : new UnreadableScript("array");
          assignment.items.push(item);
        }
        reader.at++;
      } else assignment.value = readWord(reader);
      node.assignments.push(assignment);
      continue;
    }
    const word = readWord(reader);
    if (word.length === 0) break;
    node.words.push(word);
  }
  if (node.words.length + node.assignments.length + node.redirects.length === 0) {
    throw new UnreadableScript(reader.text.slice(reader.at, reader.at + 20));
  }
  return node;
}
