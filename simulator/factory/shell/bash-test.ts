import { type Expander, expandPattern, expandText, globMatches } from "./bash-expand";
import type { Word } from "./bash-syntax";
import { FOLDER, GUESS_FALSE, GUESS_TRUE, isMissingName, isUnknown, OK, type Status } from "./machine";

const FALSE: Status = { code: 1 };
const decide = (value: boolean): Status => (value ? OK : FALSE);

/** Whether a path is there: written by the build, surely absent, or (system folders, filled by packages) likely there. */
export function pathStatus(
  path: string,
  files: ReadonlyMap<string, string>,
  kind: "f" | "d" | "e" = "e",
): Status {
  const bare = path.replace(/(?<=.)[/\\]+$/, "");
  const content = files.get(bare);
  if (content !== undefined) return decide(kind === "e" || (kind === "d") === (content === FOLDER));
  if (isMissingName(bare)) return FALSE;
  const folder = `${bare}/`;
  for (const known of files.keys()) if (known.startsWith(folder)) return decide(kind !== "f");
  if (/^\/(root|tmp|home|var|opt|srv|mnt|etc|usr|dev|proc|sys|boot)?$/.test(bare))
    return decide(kind !== "f");
  if (isUnknown(bare)) return GUESS_TRUE;
  return /^(\/(usr|bin|sbin|lib|lib64|etc|opt|boot|proc|sys|dev)\/|[A-Za-z]:\\(Windows|Program Files|Program Files \(x86\))\\)/.test(
    bare,
  )
    ? GUESS_TRUE
    : GUESS_FALSE;
}

const not = (status: Status): Status => ({ ...status, code: status.code === 0 ? 1 : 0 });

function unary(operator: string, operand: string, files: ReadonlyMap<string, string>): Status {
  switch (operator) {
    case "-z":
      return isUnknown(operand) ? GUESS_FALSE : decide(operand === "");
    case "-n":
      return isUnknown(operand) ? GUESS_TRUE : decide(operand !== "");
    case "-d":
      return pathStatus(operand, files, "d");
    case "-f":
    case "-s":
      return pathStatus(operand, files, "f");
    case "-e":
    case "-r":
    case "-w":
    case "-x":
      return pathStatus(operand, files);
    case "-L":
    case "-h":
      return GUESS_FALSE;
    default:
      return GUESS_TRUE;
  }
}

const NUMERIC: Record<string, (left: number, right: number) => boolean> = {
  "-eq": (left, right) => left === right,
  "-ne": (left, right) => left !== right,
  "-lt": (left, right) => left < right,
  "-le": (left, right) => left <= right,
  "-gt": (left, right) => left > right,
  "-ge": (left, right) => left >= right,
};

function binary(left: string, operator: string, right: string): Status {
  if (isUnknown(left) || isUnknown(right))
    return operator === "!=" || operator === "-ne" ? GUESS_FALSE : GUESS_TRUE;
  const numeric = NUMERIC[operator];
  if (numeric) return decide(numeric(Number(left), Number(right)));
  if (operator === "<" || operator === ">") return decide(operator === "<" ? left < right : left > right);
  if (operator === "=" || operator === "==") return decide(left === right);
  return operator === "!=" ? decide(left !== right) : GUESS_TRUE;
}

/** `test` and `[ ]`: arguments already expanded. */
export function testArguments(args: readonly string[], files: ReadonlyMap<string, string>): Status {
  const either = args.lastIndexOf("-o");
  if (either > 0 && args.length > 3) {
    const left = testArguments(args.slice(0, either), files);
    return left.code === 0 ? left : testArguments(args.slice(either + 1), files);
  }
  const both = args.lastIndexOf("-a");
  if (both > 0 && args.length > 3) {
    const left = testArguments(args.slice(0, both), files);
    return left.code === 0 ? testArguments(args.slice(both + 1), files) : left;
  }
  const [first = "", second = "", third = ""] = args;
  if (first === "!" && args.length > 1) return not(testArguments(args.slice(1), files));
  if (args.length === 0) return FALSE;
  if (args.length === 1) return unary("-n", first, files);
  return args.length === 2 ? unary(first, second, files) : binary(first, second, third);
}

/** `[[ ]]`: words expand without splitting, the right side of == is a pattern. */
export function testExpression(
  tokens: readonly (Word | string)[],
  shell: Expander,
  files: ReadonlyMap<string, string>,
): Status {
  let at = 0;
  const plain = (token: Word | string | undefined) =>
    Array.isArray(token) && token.length === 1 && token[0]?.kind === "text" && !token[0].quoted
      ? token[0].text
      : undefined;
  const either = (): Status => {
    let left = both();
    while (tokens[at] === "||") {
      at++;
      const right = both();
      if (left.code !== 0) left = right;
    }
    return left;
  };
  const both = (): Status => {
    let left = primary();
    while (tokens[at] === "&&") {
      at++;
      const right = primary();
      if (left.code === 0) left = right;
    }
    return left;
  };
  const primary = (): Status => {
    const token = tokens[at];
    if (token === "(") {
      at++;
      const inner = either();
      at++;
      return inner;
    }
    if (plain(token) === "!") {
      at++;
      return not(primary());
    }
    if (!Array.isArray(token)) return GUESS_TRUE;
    const word = plain(token);
    const next = tokens[at + 1];
    if (word && /^-[a-zA-Z]$/.test(word) && Array.isArray(next)) {
      at += 2;
      return unary(word, expandText(next, shell), files);
    }
    const left = expandText(token, shell);
    const operator =
      typeof next === "string" ? (next === "<" || next === ">" ? next : undefined) : plain(next);
    const right = tokens[at + 2];
    if (operator === undefined || !Array.isArray(right)) {
      at++;
      return unary("-n", left, files);
    }
    at += 3;
    return compare(left, operator, right, shell);
  };
  return either();
}

function compare(left: string, operator: string, right: Word, shell: Expander): Status {
  const text = expandText(right, shell);
  if (isUnknown(left) || isUnknown(text)) return binary(left, operator, text);
  if (operator === "=~") {
    try {
      return decide(new RegExp(text).test(left));
    } catch {
      return GUESS_TRUE;
    }
  }
  if (operator === "=" || operator === "==" || operator === "!=") {
    return decide(globMatches(expandPattern(right, shell), left) === (operator !== "!="));
  }
  return binary(left, operator, text);
}
