import type { List, Word, WordPart } from "./bash-syntax";

/** A script and how far it has been read. */
export interface Cursor {
  text: string;
  at: number;
  /** Reads a list up to the closing mark; given by the parser, which this file must not import. */
  readList: (cursor: Cursor, close: ")" | "`") => List;
}

/** The script ends inside something that was opened: bash itself would refuse it. */
export class UnexpectedEnd extends Error {
  constructor(readonly expected: string) {
    super(`unexpected EOF while looking for matching \`${expected}'`);
  }
}

const STOP = /[\s;&|<>()]/;

/** Reads one word; empty when none begins here. */
export function readWord(cursor: Cursor, stop: RegExp = STOP): Word {
  const parts: Word = [];
  while (cursor.at < cursor.text.length) {
    const char = cursor.text.charAt(cursor.at);
    if (char === "\\") {
      const next = cursor.text.charAt(cursor.at + 1);
      cursor.at += 2;
      if (next !== "\n") addText(parts, next, true);
    } else if (char === "'") {
      const end = cursor.text.indexOf("'", cursor.at + 1);
      if (end < 0) throw new UnexpectedEnd("'");
      addText(parts, cursor.text.slice(cursor.at + 1, end), true);
      cursor.at = end + 1;
    } else if (char === '"') {
      readDoubleQuoted(cursor, parts);
    } else if (char === "$" && cursor.text.charAt(cursor.at + 1) === "'") {
      readAnsiQuoted(cursor, parts);
    } else if (char === "$" || char === "`") {
      parts.push(...readExpansion(cursor, false));
    } else if (stop.test(char)) {
      break;
    } else {
      addText(parts, char, false);
      cursor.at++;
    }
  }
  return parts;
}

function addText(parts: Word, text: string, quoted: boolean): void {
  const last = parts.at(-1);
  if (last?.kind === "text" && last.quoted === quoted) last.text += text;
  else parts.push({ kind: "text", text, quoted });
}

function readDoubleQuoted(cursor: Cursor, parts: Word): void {
  cursor.at++;
  addText(parts, "", true);
  for (;;) {
    const char = cursor.text.charAt(cursor.at);
    if (char === "") throw new UnexpectedEnd('"');
    if (char === '"') break;
    if (char === "\\") {
      const next = cursor.text.charAt(cursor.at + 1);
      addText(parts, '"\\$`'.includes(next) ? next : next === "\n" ? "" : `\\${next}`, true);
      cursor.at += 2;
    } else if (char === "$" || char === "`") {
      parts.push(...readExpansion(cursor, true));
    } else {
      addText(parts, char, true);
      cursor.at++;
    }
  }
  cursor.at++;
}

function readAnsiQuoted(cursor: Cursor, parts: Word): void {
  cursor.at += 2;
  let text = "";
  for (; cursor.text.charAt(cursor.at) !== "'"; cursor.at++) {
    if (cursor.at >= cursor.text.length) throw new UnexpectedEnd("'");
    text += cursor.text.charAt(cursor.at);
    if (cursor.text.charAt(cursor.at) === "\\") text += cursor.text.charAt(++cursor.at);
  }
  cursor.at++;
  addText(parts, unescapeText(text), true);
}

/** Backslash escapes as `printf`, `echo -e` and `$'...'` read them. */
export function unescapeText(text: string): string {
  const named: Record<string, string> = {
    n: "\n",
    t: "\t",
    r: "\r",
    e: "\u001b",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "0": "",
  };
  return text.replaceAll(/\\(?:033|x1b|(.))/gi, (whole, name: string | undefined) =>
    name === undefined ? "\u001b" : (named[name] ?? whole),
  );
}

function readExpansion(cursor: Cursor, quoted: boolean): WordPart[] {
  const rest = cursor.text.slice(cursor.at, cursor.at + 256);
  if (rest.startsWith("`")) {
    cursor.at++;
    return [{ kind: "command", body: cursor.readList(cursor, "`"), quoted }];
  }
  if (rest.startsWith("$((")) {
    const end = cursor.text.indexOf("))", cursor.at);
    if (end < 0) throw new UnexpectedEnd("))");
    const expression = cursor.text.slice(cursor.at + 3, end);
    cursor.at = end + 2;
    return [{ kind: "arithmetic", expression, quoted }];
  }
  if (rest.startsWith("$(")) {
    cursor.at += 2;
    return [{ kind: "command", body: cursor.readList(cursor, ")"), quoted }];
  }
  if (rest.startsWith("${")) return [readBraced(cursor, quoted)];
  const name = /^\$([A-Za-z_]\w*|[0-9?#@*!$-])/.exec(rest)?.[1];
  if (!name) {
    cursor.at++;
    return [{ kind: "text", text: "$", quoted }];
  }
  cursor.at += name.length + 1;
  return [{ kind: "variable", name, quoted }];
}

function readBraced(cursor: Cursor, quoted: boolean): WordPart {
  const from = cursor.at + 2;
  let depth = 1;
  let end = from;
  for (; end < cursor.text.length; end++) {
    const char = cursor.text.charAt(end);
    if (char === "\\") end++;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) break;
  }
  if (depth > 0) throw new UnexpectedEnd("}");
  const inner = cursor.text.slice(from, end);
  cursor.at = end + 1;
  const match = /^([#!]?)([A-Za-z_]\w*|[0-9@*#?$!-])(?:\[([^\]]*)\])?([\s\S]*)$/.exec(inner);
  if (!match) return { kind: "variable", name: inner, quoted, operator: "bad" };
  const [, prefix = "", name = "", index, tail = ""] = match;
  const operator = /^(:[-=+?]|[-=+?]|##?|%%?|\/\/?|\^\^?|,,?|:)/.exec(tail)?.[1];
  const operandText = operator === undefined ? "" : tail.slice(operator.length);
  const operand = readWord({ text: operandText, at: 0, readList: cursor.readList }, /$^/);
  return {
    kind: "variable",
    name,
    quoted,
    ...(prefix
      ? { operator: prefix === "#" ? "length" : "indirect" }
      : operator
        ? { operator, operand }
        : {}),
    ...(index === undefined ? {} : { index }),
  };
}
