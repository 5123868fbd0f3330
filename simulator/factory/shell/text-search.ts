import type { Command, Shell, Streams } from "./bash-contract";
import { osRelease } from "./linux-facts";
import { isMissingName, isUnknown, OK, printable, type Status, UNKNOWN } from "./machine";

const FALSE: Status = { code: 1 };

/** The text a filter reads: the named files, else its input. Undefined: a file is missing, and said so. */
export function inputOf(
  name: string,
  files: readonly string[],
  shell: Shell,
  io: Streams,
): string | undefined {
  if (files.length === 0) return io.input ?? "";
  let text = "";
  for (const file of files) {
    const path = shell.path(file);
    const content =
      file === "-" ? (io.input ?? "") : (shell.machine.files.get(path) ?? wellKnown(path, shell));
    if (content === undefined && isMissingName(file)) {
      io.err(`${name}: ${printable(file)}: No such file or directory\n`);
      return undefined;
    }
    text += content ?? UNKNOWN;
  }
  return text;
}

function wellKnown(path: string, shell: Shell): string | undefined {
  if (path !== "/etc/os-release") return undefined;
  const lines = Object.entries(osRelease(shell.machine.osVersion)).map(
    ([key, value]) => `${key}="${value}"\n`,
  );
  return lines.join("");
}

export const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));
export const printLines = (io: Streams, lines: readonly string[]) => {
  if (lines.length > 0) io.out(`${lines.join("\n")}\n`);
};

export const search: Command = ({ name, args, shell, io }) => {
  const options = args.filter((arg) => /^-[A-Za-z]/.test(arg));
  const words = args.filter((arg) => !/^-[A-Za-z]/.test(arg));
  const flags = options.join("");
  const quiet = flags.includes("q");
  const [pattern = "", ...files] = words;
  const text = inputOf(name, files, shell, io);
  if (text === undefined) return { code: 2 };
  if (isUnknown(text) || isUnknown(pattern)) {
    if (!quiet) io.out(UNKNOWN);
    return { code: 0, undecided: true };
  }
  const extended = name === "egrep" || /[EP]/.test(flags);
  const test = searchExpression(pattern, extended, flags);
  if (!test) return { code: 0, undecided: true };
  const hits = linesOf(text).filter((line) => test.test(line) !== /v/.test(flags));
  if (!quiet) {
    if (flags.includes("c")) printLines(io, [String(hits.length)]);
    else printLines(io, flags.includes("o") ? hits.map((line) => test.exec(line)?.[0] ?? "") : hits);
  }
  return hits.length > 0 ? OK : FALSE;
};

function searchExpression(pattern: string, extended: boolean, flags: string): RegExp | undefined {
  const fixed = flags.includes("F");
  const basic = pattern.replaceAll(
    /\\([(){}|+?])|([(){}|+?])/g,
    (_, escaped, plain) => escaped ?? `\\${plain}`,
  );
  const source = fixed ? pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&") : extended ? pattern : basic;
  const classes = source
    .replaceAll("[:digit:]", "0-9")
    .replaceAll("[:space:]", "\\s")
    .replaceAll("[:alpha:]", "A-Za-z")
    .replaceAll("\\K", "");
  try {
    return new RegExp(
      flags.includes("w") ? `(?<!\\w)(?:${classes})(?!\\w)` : classes,
      flags.includes("i") ? "i" : "",
    );
  } catch {
    return undefined;
  }
}

export const replaceText: Command = ({ args, shell, io }) => {
  const inPlace = args.some((arg) => /^-i|^--in-place/.test(arg));
  const [script = "", ...files] = args.filter((arg) => !arg.startsWith("-"));
  if (inPlace) return files.some(isMissingName) ? { code: 2 } : OK;
  const text = inputOf("sed", files, shell, io);
  if (text === undefined) return { code: 2 };
  const [, , from = "", to = "", flags = ""] =
    /^s(.)(.*?)(?<!\\)\1(.*?)(?<!\\)\1([gi]*)$/
      .exec(script)
      ?.map((part, index) => (index === 0 ? part : part)) ?? [];
  const pattern =
    from === ""
      ? undefined
      : searchExpression(
          from.replaceAll("\\/", "/"),
          args.some((arg) => /^-[nrE]+$/.test(arg)),
          flags,
        );
  if (!pattern || isUnknown(text)) {
    io.out(isUnknown(text) ? text : UNKNOWN);
    return OK;
  }
  const every = new RegExp(pattern.source, pattern.flags + (flags.includes("g") ? "g" : ""));
  const replacement = to
    .replaceAll("$", "$$$$")
    .replaceAll(/\\(\d)/g, "$$$1")
    .replaceAll("\\/", "/");
  printLines(
    io,
    linesOf(text).map((line) => line.replace(every, replacement)),
  );
  return OK;
};
