import { globMatches } from "./bash-expand";
import { pathStatus } from "./bash-test";
import {
  GUESS_FALSE,
  GUESS_TRUE,
  isMissingName,
  isUnknown,
  type Machine,
  OK,
  type Status,
  UNKNOWN,
} from "./machine";
import { splitTop } from "./powershell-syntax";

/** What expressions need of the running script. */
export interface PowerShellScope {
  machine: Machine;
  variables: Map<string, string>;
  /** Runs a command and gives what it printed. */
  capture: (text: string) => string;
}

const FALSE: Status = { code: 1 };
const ENVIRONMENT: Record<string, string> = {
  systemdrive: "C:",
  systemroot: "C:\\Windows",
  windir: "C:\\Windows",
  temp: "C:\\Windows\\TEMP",
  tmp: "C:\\Windows\\TEMP",
  programdata: "C:\\ProgramData",
  programfiles: "C:\\Program Files",
  "programfiles(x86)": "C:\\Program Files (x86)",
  userprofile: "C:\\Windows\\system32\\config\\systemprofile",
  computername: "EC2AMAZ-4N1KPQ8",
  username: "EC2AMAZ-4N1KPQ8$",
  allusersprofile: "C:\\ProgramData",
};

function variable(name: string, scope: PowerShellScope): string {
  const key = name.toLowerCase();
  if (key.startsWith("env:")) return scope.variables.get(key) ?? ENVIRONMENT[key.slice(4)] ?? UNKNOWN;
  if (key === "true" || key === "false") return key === "true" ? "True" : "False";
  if (key === "null") return "";
  return scope.variables.get(key) ?? UNKNOWN;
}

const VARIABLE = /\$(?:\{([^}]+)\}|((?:env|global|script|local):[\w()]+|\w+))/y;

/** A double-quoted text with its variables and `$( )` filled in. */
function interpolate(text: string, scope: PowerShellScope): string {
  let result = "";
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (char === "`") {
      const next = text.charAt(at + 1);
      result += { n: "\n", t: "\t", r: "\r" }[next] ?? next;
      at += 2;
    } else if (char === "$" && text.charAt(at + 1) === "(") {
      let depth = 0;
      let end = at + 1;
      for (; end < text.length; end++) {
        if (text.charAt(end) === "(") depth++;
        if (text.charAt(end) === ")" && --depth === 0) break;
      }
      result += evaluate(text.slice(at + 2, end), scope);
      at = end + 1;
    } else if (char === "$") {
      VARIABLE.lastIndex = at;
      const match = VARIABLE.exec(text);
      result += match
        ? variable((match[1] ?? match[2] ?? "").replace(/^(global|script|local):/i, ""), scope)
        : "$";
      at += match?.[0].length ?? 1;
    } else {
      result += char === '"' && text.charAt(at + 1) === '"' ? '"' : char;
      at += char === '"' && text.charAt(at + 1) === '"' ? 2 : 1;
    }
  }
  return result;
}

/** The value of an expression as text; UNKNOWN for what the simulator cannot work out. */
export function evaluate(expression: string, scope: PowerShellScope): string {
  const text = expression.trim();
  const here = /^@(['"])[ \t]*\n([\s\S]*)\n\1@$/.exec(text);
  if (here) return here[1] === "'" ? (here[2] ?? "") : interpolate(here[2] ?? "", scope);
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (/^"(?:[^"`]|`[\s\S]|"")*"$/.test(text)) return interpolate(text.slice(1, -1), scope);
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  const named = /^\$(?:\{([^}]+)\}|((?:\w+:)?\w+))$/.exec(text);
  if (named) return variable((named[1] ?? named[2] ?? "").replace(/^(global|script|local):/i, ""), scope);
  const version = /^\$PSVersionTable\.PSVersion(\.Major|\.Minor)?$/i.exec(text);
  if (version) return version[1] === undefined ? "5.1" : /major/i.test(version[1]) ? "5" : "1";
  const sum = splitTop(text, /^\+/);
  if (sum.length > 1 && sum.every((part) => part !== "")) {
    const values = sum.map((part) => evaluate(part, scope));
    if (values.every((value) => /^-?\d+$/.test(value)))
      return String(values.reduce((total, value) => total + Number(value), 0));
    return values.join("");
  }
  const cast = /^\[[\w.[\]]+\]\s*(.+)$/s.exec(text)?.[1];
  if (cast && !text.includes("::")) return evaluate(cast, scope);
  const inner = /^\$?\(([\s\S]*)\)$/.exec(text)?.[1];
  if (inner !== undefined && splitTop(text, /^\n/).length === 1) return evaluate(inner, scope);
  if (/^[A-Za-z]+-[A-Za-z]+/.test(text)) return scope.capture(text).replace(/\n$/, "");
  return UNKNOWN;
}

/** The items of a list expression: `@('a','b')`, `'a','b'`, `1..5`; undefined when they cannot be known. */
export function evaluateItems(expression: string, scope: PowerShellScope): string[] | undefined {
  const text = expression.trim();
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (range) {
    const low = Number(range[1]);
    return Array.from({ length: Math.min(Number(range[2]) - low + 1, 1000) }, (_, index) =>
      String(low + index),
    );
  }
  const inner = /^@\(([\s\S]*)\)$/.exec(text)?.[1] ?? text;
  const parts = splitTop(inner, /^[,\n]/).filter((part) => part !== "" && !part.startsWith("#"));
  const items = parts.map((part) => evaluate(part, scope));
  return items.some(isUnknown) || (parts.length === 1 && text === inner && !/^['"]/.test(text))
    ? undefined
    : items;
}

const not = (status: Status): Status => ({ ...status, code: status.code === 0 ? 1 : 0 });
const decide = (value: boolean): Status => (value ? OK : FALSE);

/** Whether a condition holds. */
export function holds(expression: string, scope: PowerShellScope): Status {
  const text = expression.trim();
  const either = splitTop(text, /^-or\b/i);
  if (either.length > 1) return fold(either, scope, 0);
  const both = splitTop(text, /^-and\b/i);
  if (both.length > 1) return fold(both, scope, 1);
  const negated = /^(?:-not\b|!)\s*([\s\S]+)$/i.exec(text)?.[1];
  if (negated) return not(holds(negated, scope));
  const comparison = splitTop(
    text,
    /^-[ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin)\b/i,
  );
  const [left, right] = comparison;
  if (left !== undefined && right !== undefined && comparison.length === 2) {
    const operator =
      text
        .slice(text.indexOf(left) + left.length)
        .trim()
        .split(/\s/)[0]
        ?.toLowerCase()
        .replace(/^-[ci]?(?=eq|ne|gt|ge|lt|le|like|match)/, "-") ?? "";
    return compare(evaluate(left, scope), operator, evaluate(right, scope));
  }
  const inner = /^\(([\s\S]*)\)$/.exec(text)?.[1];
  if (inner !== undefined) return holds(inner, scope);
  const path = /^Test-Path\s+(?:-(?:Literal)?Path\s+)?("[^"]*"|'[^']*'|\([^)]*\)|\S+)/i.exec(text)?.[1];
  if (path) return pathStatus(/^["'($]/.test(path) ? evaluate(path, scope) : path, scope.machine.files);
  if (/^(Get-Command|Get-Service|Get-Module|Get-Package|Get-Item)\b/i.test(text))
    return isMissingName(text) || /no-?such/i.test(text) ? FALSE : GUESS_TRUE;
  const value = evaluate(text, scope);
  if (isUnknown(value)) return GUESS_TRUE;
  return decide(value !== "" && value !== "False" && value !== "0");
}

function fold(parts: readonly string[], scope: PowerShellScope, stop: number): Status {
  let result: Status = { code: stop === 0 ? 1 : 0 };
  for (const part of parts) {
    const status = holds(part, scope);
    if (status.code === stop && !status.undecided) return status;
    if (status.undecided || result.undecided)
      result =
        status.code === stop || result.undecided ? { ...(result.undecided ? result : status) } : status;
    else result = status;
  }
  return result;
}

function compare(left: string, operator: string, right: string): Status {
  const negative = operator === "-ne" || operator.startsWith("-not");
  if (isUnknown(left) || isUnknown(right)) return negative ? GUESS_FALSE : GUESS_TRUE;
  const [low, high] = [left.toLowerCase(), right.toLowerCase()];
  switch (operator.replace("not", "")) {
    case "-eq":
    case "-contains":
    case "-in":
      return decide((low === high) !== negative);
    case "-ne":
      return decide(low !== high);
    case "-like":
      return decide(globMatches(high, low) !== negative);
    case "-match":
      try {
        return decide(new RegExp(right, "i").test(left) !== negative);
      } catch {
        return GUESS_TRUE;
      }
    case "-gt":
      return decide(Number(left) > Number(right));
    case "-ge":
      return decide(Number(left) >= Number(right));
    case "-lt":
      return decide(Number(left) < Number(right));
    default:
      return decide(Number(left) <= Number(right));
  }
}
