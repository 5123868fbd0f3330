import { rememberByText } from "../remember";

/** The part of PowerShell's grammar that component documents use: blocks as a tree, the rest as text. */
export type Statement =
  | { kind: "if"; arms: { test: string; body: Statement[] }[]; otherwise?: Statement[] }
  | { kind: "loop"; word: string; head: string; body: Statement[] }
  | { kind: "try"; body: Statement[]; handler: Statement[]; last: Statement[] }
  | { kind: "function"; name: string; body: Statement[] }
  | { kind: "command"; text: string };

interface Reader {
  text: string;
  at: number;
}

export const parsePowerShell = rememberByText((text): Statement[] =>
  readStatements({ text: text.replaceAll("\r\n", "\n").replaceAll(/<#[\s\S]*?#>/g, ""), at: 0 }),
);

function readStatements(reader: Reader): Statement[] {
  const list: Statement[] = [];
  for (;;) {
    skip(reader, /^(?:[\s;]|#[^\n]*)+/);
    const char = reader.text.charAt(reader.at);
    if (char === "") return list;
    if (char === "}" || char === ")") {
      reader.at++;
      continue;
    }
    list.push(readStatement(reader));
  }
}

function skip(reader: Reader, pattern: RegExp): void {
  reader.at += pattern.exec(reader.text.slice(reader.at))?.[0].length ?? 0;
}

const blanks = (reader: Reader) => skip(reader, /^(?:\s|#[^\n]*\n)+/);

function word(reader: Reader): string {
  return /^[A-Za-z]+(?![\w-])/.exec(reader.text.slice(reader.at, reader.at + 24))?.[0].toLowerCase() ?? "";
}

function readStatement(reader: Reader): Statement {
  const start = word(reader);
  switch (start) {
    case "if":
      return readIf(reader);
    case "foreach":
    case "for":
    case "while":
    case "switch": {
      reader.at += start.length;
      const head = readBalanced(reader, "(", ")");
      return { kind: "loop", word: start, head, body: readBlock(reader) };
    }
    case "do": {
      reader.at += 2;
      const body = readBlock(reader);
      blanks(reader);
      reader.at += word(reader).length;
      return { kind: "loop", word: "do", head: readBalanced(reader, "(", ")"), body };
    }
    case "try":
      return readTry(reader);
    case "function":
    case "filter": {
      reader.at += start.length;
      blanks(reader);
      const name = /^[\w:-]+/.exec(reader.text.slice(reader.at))?.[0] ?? "";
      reader.at += name.length;
      blanks(reader);
      if (reader.text.charAt(reader.at) === "(") readBalanced(reader, "(", ")");
      return { kind: "function", name: name.toLowerCase(), body: readBlock(reader) };
    }
    default:
      return readCommand(reader);
  }
}

function readIf(reader: Reader): Statement {
  const arms: { test: string; body: Statement[] }[] = [];
  reader.at += 2;
  for (;;) {
    const test = readBalanced(reader, "(", ")");
    arms.push({ test, body: readBlock(reader) });
    const before = reader.at;
    blanks(reader);
    const next = word(reader);
    if (next === "elseif") {
      reader.at += 6;
      continue;
    }
    if (next !== "else") {
      reader.at = before;
      return { kind: "if", arms };
    }
    reader.at += 4;
    blanks(reader);
    if (word(reader) === "if") {
      reader.at += 2;
      continue;
    }
    return { kind: "if", arms, otherwise: readBlock(reader) };
  }
}

function readTry(reader: Reader): Statement {
  reader.at += 3;
  const statement = {
    kind: "try" as const,
    body: readBlock(reader),
    handler: [] as Statement[],
    last: [] as Statement[],
  };
  for (;;) {
    const before = reader.at;
    blanks(reader);
    const next = word(reader);
    if (next !== "catch" && next !== "finally") {
      reader.at = before;
      return statement;
    }
    reader.at += next.length;
    blanks(reader);
    while (reader.text.charAt(reader.at) === "[") {
      readBalanced(reader, "[", "]");
      skip(reader, /^[\s,]+/);
    }
    const body = readBlock(reader);
    if (next === "finally") statement.last = body;
    else if (statement.handler.length === 0) statement.handler = body;
  }
}

function readBlock(reader: Reader): Statement[] {
  return parsePowerShell(readBalanced(reader, "{", "}"));
}

/** The text between two marks, strings respected; nothing when the first mark does not follow. */
function readBalanced(reader: Reader, open: string, close: string): string {
  blanks(reader);
  if (reader.text.charAt(reader.at) !== open) return "";
  const from = ++reader.at;
  let depth = 1;
  while (reader.at < reader.text.length) {
    const length = stringLength(reader.text, reader.at);
    if (length > 0) {
      reader.at += length;
      continue;
    }
    const char = reader.text.charAt(reader.at++);
    if (char === "`") reader.at++;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) break;
  }
  return reader.text.slice(from, reader.at - (depth === 0 ? 1 : 0));
}

/** The length of the string or comment that begins here, 0 for none. */
function stringLength(text: string, at: number): number {
  const rest = text.slice(at);
  const here = /^@(['"])[ \t]*\n[\s\S]*?\n\1@/.exec(rest)?.[0];
  if (here) return here.length;
  if (rest.startsWith("'")) return /^'(?:[^']|'')*'?/.exec(rest)?.[0].length ?? 1;
  if (rest.startsWith('"')) return /^"(?:[^"`]|`[\s\S]|"")*"?/.exec(rest)?.[0].length ?? 1;
  if (rest.startsWith("#") && (at === 0 || /\s/.test(text.charAt(at - 1))))
    return /^#[^\n]*/.exec(rest)?.[0].length ?? 1;
  return 0;
}

function readCommand(reader: Reader): Statement {
  const from = reader.at;
  let depth = 0;
  while (reader.at < reader.text.length) {
    const length = stringLength(reader.text, reader.at);
    if (length > 0) {
      reader.at += length;
      continue;
    }
    const char = reader.text.charAt(reader.at);
    if (char === "`") reader.at++;
    else if ("({[".includes(char)) depth++;
    else if (")}]".includes(char)) {
      if (depth === 0) break;
      depth--;
    } else if (depth === 0 && char === ";") break;
    else if (depth === 0 && char === "\n" && !/[|,+=(]\s*$/.test(reader.text.slice(from, reader.at))) break;
    reader.at++;
  }
  if (reader.at === from) reader.at++;
  return {
    kind: "command",
    text: reader.text
      .slice(from, reader.at)
      .replaceAll(/`\r?\n/g, " ")
      .trim(),
  };
}

/** Splits at the top level of a text: not inside strings, brackets or braces. */
export function splitTop(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const length = stringLength(text, at);
    if (length > 0) {
      at += length;
      continue;
    }
    const char = text.charAt(at);
    if ("({[".includes(char)) depth++;
    if (")}]".includes(char)) depth--;
    const match = depth === 0 ? separator.exec(text.slice(at)) : null;
    if (match && match.index === 0 && match[0] !== "") {
      parts.push(text.slice(from, at));
      at += match[0].length;
      from = at;
    } else at++;
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim());
}
