import { rememberByText } from "../remember";
import {
  blanks,
  keyword,
  lineOf,
  newlines,
  type Reader,
  readRedirects,
  readSimple,
  readTest,
  readWords,
  take,
  UnreadableScript,
} from "./bash-reader";
import type { AndOr, List, Node, Pipeline, Word } from "./bash-syntax";
import { type Cursor, readWord, UnexpectedEnd } from "./bash-words";

const FUNCTION = /^(?:function\s+([\w:.-]+)\s*(?:\(\s*\))?|([A-Za-z_][\w:.-]*)\s*\(\s*\))\s*(?=[{(\n])/;
const CLOSERS = ["then", "elif", "else", "fi", "do", "done", "esac", "}"];

/** Reads a script. Throws UnexpectedEnd where bash would, UnreadableScript where only this parser gives up. */
export const parseBash = rememberByText((text): List => {
  const reader = readerOf(text, 0);
  const list = readList(reader, []);
  if (reader.at < reader.text.length)
    throw new UnreadableScript(reader.text.slice(reader.at, reader.at + 20));
  return list;
});

function readerOf(text: string, at: number): Reader {
  return { text, at, heredocs: [], readList: readNested, counted: { at: 0, line: 1 } };
}

function readNested(cursor: Cursor, close: ")" | "`"): List {
  if (close === ")") {
    const inner = readerOf(cursor.text, cursor.at);
    const list = readList(inner, [")"]);
    if (inner.text.charAt(inner.at) !== ")") throw new UnexpectedEnd(")");
    cursor.at = inner.at + 1;
    return list;
  }
  const end = cursor.text.slice(cursor.at).search(/(?<!\\)`/);
  if (end < 0) throw new UnexpectedEnd("`");
  const list = parseBash(cursor.text.slice(cursor.at, cursor.at + end).replaceAll("\\`", "`"));
  cursor.at += end + 1;
  return list;
}

function readList(reader: Reader, ends: readonly string[]): List {
  const list: List = [];
  for (;;) {
    newlines(reader);
    const char = reader.text.charAt(reader.at);
    if (char === "" || ends.includes(char) || CLOSERS.includes(keyword(reader) ?? "") || char === ")")
      return list;
    if (reader.text.startsWith(";;", reader.at)) return list;
    list.push(readAndOr(reader));
    blanks(reader);
    if (reader.text.startsWith(";;", reader.at)) return list;
    if (/[;&]/.test(reader.text.charAt(reader.at))) reader.at++;
  }
}

function readAndOr(reader: Reader): AndOr {
  const line = lineOf(reader);
  const result: AndOr = { first: readPipeline(reader), rest: [], line };
  for (;;) {
    blanks(reader);
    const operator = reader.text.slice(reader.at, reader.at + 2);
    if (operator !== "&&" && operator !== "||") return result;
    reader.at += 2;
    newlines(reader);
    result.rest.push({ operator, pipeline: readPipeline(reader) });
  }
}

function readPipeline(reader: Reader): Pipeline {
  blanks(reader);
  let negated = false;
  while (keyword(reader) === "!") {
    negated = !negated;
    reader.at++;
    blanks(reader);
  }
  const commands = [readCommand(reader)];
  for (;;) {
    blanks(reader);
    if (reader.text.charAt(reader.at) !== "|" || reader.text.startsWith("||", reader.at))
      return { negated, commands };
    reader.at += reader.text.startsWith("|&", reader.at) ? 2 : 1;
    newlines(reader);
    commands.push(readCommand(reader));
  }
}

function readCommand(reader: Reader): Node {
  blanks(reader);
  const declared = FUNCTION.exec(reader.text.slice(reader.at, reader.at + 160));
  if (declared) {
    reader.at += declared[0].length;
    newlines(reader);
    return { kind: "function", name: declared[1] ?? declared[2] ?? "", body: readCommand(reader) };
  }
  const node = readCompound(reader);
  if (!node) return readSimple(reader);
  if (node.kind !== "function" && node.kind !== "simple") readRedirects(reader, node.redirects);
  return node;
}

function readCompound(reader: Reader): Node | undefined {
  if (reader.text.startsWith("((", reader.at)) {
    const end = reader.text.indexOf("))", reader.at);
    if (end < 0) throw new UnexpectedEnd("))");
    const expression = reader.text.slice(reader.at + 2, end);
    reader.at = end + 2;
    return { kind: "arithmetic", expression, redirects: [] };
  }
  if (reader.text.charAt(reader.at) === "(") {
    reader.at++;
    const body = readList(reader, [")"]);
    take(reader, ")");
    return { kind: "group", body, subshell: true, redirects: [] };
  }
  const word = keyword(reader);
  if (word === "if" || word === "while" || word === "until" || word === "for" || word === "select") {
    reader.at += word.length;
    return word === "if"
      ? readIf(reader)
      : word === "for" || word === "select"
        ? readFor(reader)
        : readWhile(reader, word === "until");
  }
  if (word === "case") return readCase(reader);
  if (word === "{") {
    reader.at++;
    const body = readList(reader, []);
    take(reader, "}");
    return { kind: "group", body, subshell: false, redirects: [] };
  }
  return word === "[[" ? readTest(reader) : undefined;
}

function readIf(reader: Reader): Node {
  const arms: { test: List; body: List }[] = [];
  for (;;) {
    const test = readList(reader, []);
    take(reader, "then");
    arms.push({ test, body: readList(reader, []) });
    const word = keyword(reader);
    if (word === "elif") {
      reader.at += 4;
      continue;
    }
    let otherwise: List | undefined;
    if (word === "else") {
      reader.at += 4;
      otherwise = readList(reader, []);
    }
    take(reader, "fi");
    return { kind: "if", arms, ...(otherwise ? { otherwise } : {}), redirects: [] };
  }
}

function readBody(reader: Reader): List {
  take(reader, "do");
  const body = readList(reader, []);
  take(reader, "done");
  return body;
}

function readWhile(reader: Reader, until: boolean): Node {
  const test = readList(reader, []);
  return { kind: "while", until, test, body: readBody(reader), redirects: [] };
}

function readFor(reader: Reader): Node {
  blanks(reader);
  if (reader.text.startsWith("((", reader.at)) throw new UnreadableScript("arithmetic for");
  const name = /^\w+/.exec(reader.text.slice(reader.at, reader.at + 80))?.[0] ?? "";
  reader.at += name.length;
  newlines(reader);
  let items: Word[] | undefined;
  if (keyword(reader) === "in") {
    reader.at += 2;
    items = readWords(reader);
  }
  blanks(reader);
  if (reader.text.charAt(reader.at) === ";") reader.at++;
  return { kind: "for", name, ...(items ? { items } : {}), body: readBody(reader), redirects: [] };
}

function readCase(reader: Reader): Node {
  reader.at += 4;
  blanks(reader);
  const subject = readWord(reader);
  take(reader, "in");
  const arms: { patterns: Word[]; body: List }[] = [];
  for (;;) {
    newlines(reader);
    if (keyword(reader) === "esac") break;
    if (reader.at >= reader.text.length) throw new UnexpectedEnd("esac");
    if (reader.text.charAt(reader.at) === "(") reader.at++;
    const patterns: Word[] = [];
    do {
      if (reader.text.charAt(reader.at) === "|") reader.at++;
      blanks(reader);
      patterns.push(readWord(reader));
      blanks(reader);
    } while (reader.text.charAt(reader.at) === "|");
    take(reader, ")");
    arms.push({ patterns, body: readList(reader, []) });
    newlines(reader);
    if (reader.text.startsWith(";;", reader.at))
      reader.at += reader.text.startsWith(";;&", reader.at) ? 3 : 2;
  }
  reader.at += 4;
  return { kind: "case", subject, arms, redirects: [] };
}
