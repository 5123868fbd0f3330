import type { Command } from "./bash-contract";
import { isUnknown, OK, type Status, UNKNOWN } from "./machine";
import { inputOf, linesOf, printLines, replaceText, search } from "./text-search";

const FALSE: Status = { code: 1 };

/** `-n 1` as `-n1`: the value of an option is not a file. */
function joinValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    if (before && /^-[nckt]$/.test(before)) joined[joined.length - 1] = before + arg;
    else joined.push(arg);
  }
  return joined;
}

/** A filter of lines: exact on known text, unknown in gives unknown out. */
function filter(
  keep: (lines: string[], options: string[], words: string[]) => string[] | undefined,
  ownWords = 0,
): Command {
  return ({ name, args: given, shell, io }) => {
    const args = joinValues(given);
    const options = args.filter((arg) => /^-./.test(arg));
    const words = args.filter((arg) => !/^-./.test(arg));
    const text = inputOf(name, words.slice(ownWords), shell, io);
    if (text === undefined) return FALSE;
    const kept = isUnknown(text) ? undefined : keep(linesOf(text), options, words);
    if (kept) printLines(io, kept);
    else io.out(UNKNOWN);
    return OK;
  };
}

const count = (options: readonly string[], short: string): number => {
  const given = options.find((option) => /\d/.test(option));
  return Number(/\d+/.exec(given ?? short)?.[0] ?? short);
};

const translate: Command = ({ args, io }) => {
  const words = args.filter((arg) => !/^-[a-z]+$/.test(arg));
  const remove = args.some((arg) => /^-[a-z]*d/.test(arg));
  const [from = "", to = ""] = words.map((word) => word.replaceAll("\\n", "\n").replaceAll("\\r", "\r"));
  const text = io.input ?? "";
  if (from === "[:upper:]" || from === "A-Z") io.out(text.toLowerCase());
  else if (from === "[:lower:]" || from === "a-z") io.out(text.toUpperCase());
  else if (remove) io.out([...text].filter((char) => !from.includes(char)).join(""));
  else
    io.out(
      [...text]
        .map((char) =>
          from.includes(char) ? to.charAt(Math.min(from.indexOf(char), to.length - 1)) || char : char,
        )
        .join(""),
    );
  return OK;
};

const cut: Command = ({ args, shell, io }) => {
  const joined = args.join(" ");
  const delimiter = /-d\s?(.)/.exec(joined)?.[1] ?? "\t";
  const [, low, high] = /-f\s?(\d+)(?:-(\d*))?/.exec(joined) ?? [];
  const from = Number(low ?? 1);
  const until = high === undefined ? from : high === "" ? Number.POSITIVE_INFINITY : Number(high);
  const text = inputOf("cut", [], shell, io) ?? "";
  if (isUnknown(text)) io.out(UNKNOWN);
  else
    printLines(
      io,
      linesOf(text).map((line) =>
        line
          .split(delimiter)
          .slice(from - 1, until)
          .join(delimiter),
      ),
    );
  return OK;
};

const wordsAsArguments: Command = ({ args, shell, io }) => {
  const own = args.filter((arg) => !arg.startsWith("-"));
  const [name = "echo", ...rest] = own;
  return shell.call(name, [...rest, ...(io.input ?? "").split(/\s+/).filter(Boolean)], io);
};

export const TEXT_COMMANDS: Readonly<Record<string, Command>> = {
  grep: search,
  egrep: search,
  sed: replaceText,
  tr: translate,
  cut,
  xargs: wordsAsArguments,
  cat: ({ name, args, shell, io }) => {
    const text = inputOf(
      name,
      args.filter((arg) => !/^-./.test(arg)),
      shell,
      io,
    );
    if (text === undefined) return FALSE;
    io.out(text);
    return OK;
  },
  head: filter((lines, options) => lines.slice(0, count(options, "10"))),
  tail: filter((lines, options) => lines.slice(-count(options, "10"))),
  sort: filter((lines, options) => {
    const sorted = [...(options.includes("-u") ? new Set(lines) : lines)].sort();
    return options.some((option) => option.includes("r")) ? sorted.reverse() : sorted;
  }),
  uniq: filter((lines) => lines.filter((line, index) => line !== lines[index - 1])),
  wc: filter((lines, options) =>
    options.includes("-l")
      ? [String(lines.length)]
      : options.includes("-w")
        ? [String(lines.join(" ").split(/\s+/).filter(Boolean).length)]
        : undefined,
  ),
  rev: filter((lines) => lines.map((line) => [...line].reverse().join(""))),
  awk: filter((lines, _options, [script = ""]) => {
    const field = /^\{\s*print \$(\d+)\s*;?\s*\}$/.exec(script)?.[1];
    return field === undefined
      ? undefined
      : lines.map((line) => line.trim().split(/\s+/)[Number(field) - 1] ?? "");
  }, 1),
  tee: ({ args, shell, io }) => {
    const text = io.input ?? "";
    for (const file of args.filter((arg) => !arg.startsWith("-"))) {
      const path = shell.path(file);
      shell.machine.files.set(
        path,
        (args.includes("-a") ? (shell.machine.files.get(path) ?? "") : "") + text,
      );
    }
    io.out(text);
    return OK;
  },
  seq: ({ args, io }) => {
    const [first = 1, second, third] = args.map(Number);
    const [low, step, high] =
      third !== undefined
        ? [first, second ?? 1, third]
        : [second === undefined ? 1 : first, 1, second ?? first];
    const total = Math.min(Math.floor((high - low) / step) + 1, 10_000);
    printLines(
      io,
      Array.from({ length: Math.max(total, 0) }, (_, index) => String(low + index * step)),
    );
    return OK;
  },
  basename: ({ args, io }) => {
    const name = (args[0] ?? "").replace(/\/+$/, "").replace(/^.*\//, "");
    printLines(io, [args[1] && name.endsWith(args[1]) ? name.slice(0, -args[1].length) : name]);
    return OK;
  },
  dirname: ({ args, io }) => {
    printLines(io, [
      (args[0] ?? "").includes("/") ? (args[0] ?? "").replace(/\/+[^/]*\/*$/, "") || "/" : ".",
    ]);
    return OK;
  },
};
