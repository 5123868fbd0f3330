import type { List, Word, WordPart } from "./bash-syntax";
import { isUnknown, UNKNOWN } from "./machine";

/** What expansion needs of the running shell. */
export interface Expander {
  get: (name: string) => string | undefined;
  set: (name: string, value: string) => void;
  items: (name: string) => string[] | undefined;
  /** Runs a command substitution and gives what it printed. */
  capture: (body: List) => string;
}

/** The fields a word expands to: several or none where an unquoted expansion splits. */
export function expandFields(word: Word, shell: Expander): string[] {
  let fields: string[] = [];
  let current = "";
  let some = false;
  for (const part of word) {
    const all = part.kind === "variable" && listOf(part, shell);
    if (all && (part.quoted || all.length > 1)) {
      const values = part.quoted ? all : all.flatMap((item) => item.split(/\s+/).filter(Boolean));
      const [first, ...rest] = values;
      if (first === undefined) continue;
      fields.push(current + first, ...rest);
      current = fields.pop() ?? "";
      some = true;
      continue;
    }
    const text = expandPart(part, shell);
    if (part.kind === "text" || part.quoted) {
      current += text;
      some ||= text !== "" || part.quoted;
      continue;
    }
    const pieces = text.split(/[ \t\n]+/);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && (some || current !== "")) {
        fields.push(current);
        current = "";
        some = false;
      }
      current += piece;
      some ||= piece !== "";
    }
  }
  if (some || current !== "") fields.push(current);
  if (word.length === 1 && word[0]?.kind === "text" && !word[0].quoted) fields = fields.flatMap(braces);
  return fields;
}

/** The word as one text: assignments, redirections, [[ ]]. */
export function expandText(word: Word, shell: Expander): string {
  return word.map((part) => expandPart(part, shell)).join("");
}

/** As a pattern: quoted parts match literally. */
export function expandPattern(word: Word, shell: Expander): string {
  return word
    .map((part) => {
      const text = expandPart(part, shell);
      return part.quoted ? text.replaceAll(/[\\*?[\]]/g, "\\$&") : text;
    })
    .join("");
}

function braces(text: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(text);
  const [, before = "", inner = "", after = ""] = match ?? [];
  const range = /^(-?\d+)\.\.(-?\d+)$/.exec(inner);
  if (match && range) {
    const [low, high] = [Number(range[1]), Number(range[2])];
    const count = Math.min(Math.abs(high - low), 999) + 1;
    const step = high < low ? -1 : 1;
    return Array.from({ length: count }, (_, index) => `${before}${low + index * step}${after}`);
  }
  return match && inner.includes(",")
    ? inner.split(",").flatMap((item) => braces(`${before}${item}${after}`))
    : [text];
}

function listOf(part: Extract<WordPart, { kind: "variable" }>, shell: Expander): string[] | undefined {
  if (part.operator) return undefined;
  if (part.name === "@" || part.name === "*") return shell.items("@");
  return part.index === "@" || part.index === "*" ? (shell.items(part.name) ?? []) : undefined;
}

function expandPart(part: WordPart, shell: Expander): string {
  switch (part.kind) {
    case "text":
      return part.quoted || !part.text.startsWith("~")
        ? part.text
        : part.text.replace(/^~(?=\/|$)/, shell.get("HOME") ?? "/root");
    case "command":
      return shell.capture(part.body).replace(/\n+$/, "");
    case "arithmetic":
      return arithmetic(part.expression, shell);
    case "variable":
      return expandVariable(part, shell);
  }
}

function currentValue(part: Extract<WordPart, { kind: "variable" }>, shell: Expander): string | undefined {
  if (part.name === "@" || part.name === "*" || part.index === "@" || part.index === "*") {
    return shell.items(part.index ? part.name : "@")?.join(" ");
  }
  if (part.index === undefined) return shell.get(part.name);
  return (
    shell.items(part.name)?.[Number(arithmetic(part.index, shell))] ??
    (part.index === "0" ? shell.get(part.name) : UNKNOWN)
  );
}

function expandVariable(part: Extract<WordPart, { kind: "variable" }>, shell: Expander): string {
  const value = currentValue(part, shell);
  const { operator } = part;
  if (operator === undefined) return value ?? "";
  if (operator === "bad" || operator === "indirect") return shell.get(value ?? "") ?? UNKNOWN;
  if (operator === "length") {
    const count = part.index ? shell.items(part.name)?.length : value?.length;
    return isUnknown(value ?? "") ? UNKNOWN : String(count ?? 0);
  }
  const operand = () => expandText(part.operand ?? [], shell);
  const empty = value === undefined || (operator.startsWith(":") && value === "");
  switch (operator.replace(/^:(?=.)/, "")) {
    case "-":
    case "?":
      return empty ? operand() : value;
    case "=":
      if (empty) shell.set(part.name, operand());
      return empty ? operand() : value;
    case "+":
      return empty ? "" : operand();
    default:
      return edit(value ?? "", operator, part.operand ?? [], shell);
  }
}

function edit(value: string, operator: string, operand: Word, shell: Expander): string {
  if (isUnknown(value)) return value;
  if (operator === "^^" || operator === "^")
    return operator === "^^" ? value.toUpperCase() : value.charAt(0).toUpperCase() + value.slice(1);
  if (operator === ",," || operator === ",") return value.toLowerCase();
  if (operator === ":") {
    const [from = "0", length] = expandText(operand, shell).split(":");
    const start = Number(arithmetic(from || "0", shell));
    const count = length === undefined ? undefined : Number(arithmetic(length || "0", shell));
    const tail = value.slice(start);
    return count === undefined ? tail : tail.slice(0, count);
  }
  if (operator.startsWith("/")) {
    const [pattern = "", replacement = ""] = expandText(operand, shell).split(/(?<!\\)\/(.*)/s);
    return value.replace(
      globRegExp(pattern.replaceAll("\\/", "/"), operator === "//" ? "g" : ""),
      () => replacement,
    );
  }
  const pattern = expandPattern(operand, shell);
  const greedy = operator.length === 2;
  if (operator.startsWith("#")) {
    for (let count = 0; count <= value.length; count++) {
      const length = greedy ? value.length - count : count;
      if (globMatches(pattern, value.slice(0, length))) return value.slice(length);
    }
  } else {
    for (let count = 0; count <= value.length; count++) {
      const start = greedy ? count : value.length - count;
      if (globMatches(pattern, value.slice(start))) return value.slice(0, start);
    }
  }
  return value;
}

/** Whole numbers with + - * / %, comparisons and variables; anything else is unknown. */
export function arithmetic(expression: string, shell: Expander): string {
  const text = expression
    .replaceAll(/\$?\{?([A-Za-z_]\w*)\}?/g, (_, name: string) => shell.get(name) || "0")
    .trim();
  const step = /^(.*?)(?:\+\+|--)$/.exec(text);
  const plain = (step?.[1] ?? text).replaceAll("$#", shell.get("#") ?? "0");
  if (isUnknown(plain) || !/^[\d\s+\-*/%()<>=!]*$/.test(plain)) return UNKNOWN;
  const value = evaluate(plain.replaceAll(/\s+/g, ""));
  return value === undefined || Number.isNaN(value) ? UNKNOWN : String(value);
}

const LEVELS: Record<string, (left: number, right: number) => number>[] = [
  {
    "==": (left, right) => Number(left === right),
    "!=": (left, right) => Number(left !== right),
    "<=": (left, right) => Number(left <= right),
    ">=": (left, right) => Number(left >= right),
    "<": (left, right) => Number(left < right),
    ">": (left, right) => Number(left > right),
  },
  { "+": (left, right) => left + right, "-": (left, right) => left - right },
  {
    "*": (left, right) => left * right,
    "/": (left, right) => Math.trunc(left / right),
    "%": (left, right) => left % right,
  },
];

function evaluate(text: string): number | undefined {
  let at = 0;
  const level = (depth: number): number => {
    const operators = LEVELS[depth];
    if (!operators) return factor();
    let left = level(depth + 1);
    for (;;) {
      const name = Object.keys(operators).find((candidate) => text.startsWith(candidate, at));
      const apply = name === undefined ? undefined : operators[name];
      if (!name || !apply) return left;
      at += name.length;
      left = apply(left, level(depth + 1));
    }
  };
  const factor = (): number => {
    if (text.charAt(at) === "-" || text.charAt(at) === "+")
      return text.charAt(at++) === "-" ? -factor() : factor();
    if (text.charAt(at) === "(") {
      at++;
      const value = level(0);
      at++;
      return value;
    }
    const digits = /^\d+/.exec(text.slice(at))?.[0];
    at += digits?.length ?? 1;
    return digits === undefined ? Number.NaN : Number(digits);
  };
  const value = level(0);
  return at >= text.length ? value : undefined;
}

/** A shell pattern as a regular expression. */
function globRegExp(pattern: string, flags = ""): RegExp {
  const source = pattern.replaceAll(
    /\\(.)|\[!|\[\^|[*?[\]]|[.+^${}()|/\\-]/g,
    (token, escaped: string | undefined) => {
      if (escaped !== undefined) return escaped.replace(/[.*+?^${}()|[\]\\/-]/, "\\$&");
      if (token === "*") return "[\\s\\S]*";
      if (token === "?") return "[\\s\\S]";
      if (token === "[!" || token === "[^") return "[^";
      return token === "[" || token === "]" || token === "-" ? token : `\\${token}`;
    },
  );
  try {
    return new RegExp(source, flags);
  } catch {
    return /$^/;
  }
}

export function globMatches(pattern: string, text: string): boolean {
  const { source } = globRegExp(pattern);
  return new RegExp(`^(?:${source})$`).test(text);
}
