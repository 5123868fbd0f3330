import { between } from "../deterministic";
import { manyLines } from "../many-lines";
import { type Command, ExitSignal, type Shell, type Streams } from "./bash-contract";
import { testArguments } from "./bash-test";
import { unescapeText } from "./bash-words";
import { FILE_COMMANDS } from "./file-commands";
import { osRelease } from "./linux-facts";
import { isMissingName, isUnknown, OK, printable, type Status, UNKNOWN } from "./machine";
import { NETWORK_COMMANDS } from "./network-commands";
import { PACKAGE_COMMANDS } from "./package-commands";
import { TEXT_COMMANDS } from "./text-commands";

const FALSE: Status = { code: 1 };

/** What runs another command after its own options. */
const WRAPPERS = [
  "sudo",
  "nohup",
  "time",
  "command",
  "exec",
  "nice",
  "ionice",
  "builtin",
  "stdbuf",
  "chroot",
  "setsid",
];

const print: Command = ({ args, io }) => {
  const options = /^-[neE]+$/.test(args[0] ?? "") ? (args[0] ?? "") : "";
  const text = (options ? args.slice(1) : args).join(" ");
  io.out((options.includes("e") ? unescapeText(text) : text) + (options.includes("n") ? "" : "\n"));
  return OK;
};

const format: Command = ({ args, io, shell }) => {
  const target = args[0] === "-v" ? args[1] : undefined;
  const [pattern = "", ...values] = target ? args.slice(2) : args;
  const fill = (rest: string[]) =>
    unescapeText(pattern).replaceAll(/%(?:%|-?\d*(?:\.\d+)?[sdqibfx])/g, (mark) =>
      mark === "%%" ? "%" : (rest.shift() ?? ""),
    );
  let text = "";
  const rest = [...values];
  do text += fill(rest);
  while (rest.length > 0 && /%[^%]/.test(pattern));
  if (target) shell.set(target, text);
  else io.out(text);
  return OK;
};

const pause: Command = ({ args, shell }) => {
  const [, amount, unit] = /^([\d.]+)([smhd]?)$/.exec(args[0] ?? "") ?? [];
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400 }[unit || "s"] ?? 1;
  shell.clockMs += Number(amount ?? 1) * seconds * 1000;
  return OK;
};

const source: Command = ({ args, shell, io, name }) => {
  const path = shell.path(args[0] ?? "");
  if (path === "/etc/os-release" || path === "/usr/lib/os-release") {
    for (const [key, value] of Object.entries(osRelease(shell.machine.osVersion))) shell.set(key, value);
    return OK;
  }
  if (!isMissingName(path)) return OK;
  io.err(
    `bash: line ${shell.line}: ${name === "." ? "." : name}: ${printable(args[0] ?? "")}: No such file or directory\n`,
  );
  return FALSE;
};

const declare: Command = ({ args, shell }) => {
  for (const arg of args) {
    const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(arg) ?? [];
    if (name) shell.set(name, value ?? "");
  }
  return OK;
};

const readLine: Command = ({ args, shell, io }) => {
  const names = args.filter((arg) => !arg.startsWith("-"));
  const words = (io.input ?? UNKNOWN).replace(/\n[\s\S]*$/, "").split(/\s+/);
  for (const [index, name] of names.entries()) {
    shell.set(name, index === names.length - 1 ? words.slice(index).join(" ") : (words[index] ?? ""));
  }
  return io.input === "" ? FALSE : OK;
};

const runShell: Command = ({ args, shell, io }) => {
  const inline = args.indexOf("-c");
  if (inline >= 0) return shell.script(args[inline + 1] ?? "", io);
  const file = args.find((arg) => !arg.startsWith("-"));
  const text = file === undefined ? io.input : shell.machine.files.get(shell.path(file));
  if (text !== undefined && text !== "" && !isUnknown(text)) return shell.script(text, io);
  if (file === undefined || !isMissingName(file)) return program(shell, file ?? "bash");
  io.err(`bash: ${printable(file)}: No such file or directory\n`);
  return { code: 127 };
};

const whereIs: Command = ({ args, io }) => {
  const names = args.filter((arg) => !arg.startsWith("-"));
  if (names.some(isMissingName)) return FALSE;
  for (const name of names) io.out(`/usr/bin/${name}\n`);
  return { code: 0, undecided: true };
};

const MOST_LINES = 5_000_000;

/** No real program: what someone types to see a log of many lines. */
const printLines: Command = ({ args, shell, io }) => {
  const [count = 0, perSecond = 5000] = args.map(Number);
  if (!(count >= 1 && count <= MOST_LINES && perSecond > 0)) {
    io.err("usage: print-lines COUNT [LINES_A_SECOND]\n");
    return { code: 2 };
  }
  io.out(`${manyLines(Math.floor(count), 1000 / perSecond)}\n`);
  shell.clockMs += Math.round((count * 1000) / perSecond);
  return OK;
};

const takeDown: Command = () => {
  throw new ExitSignal(0, true);
};

const COMMANDS: Readonly<Record<string, Command>> = {
  ...TEXT_COMMANDS,
  ...FILE_COMMANDS,
  ...PACKAGE_COMMANDS,
  ...NETWORK_COMMANDS,
  echo: print,
  printf: format,
  "print-lines": printLines,
  sleep: pause,
  true: () => OK,
  ":": () => OK,
  false: () => FALSE,
  test: ({ args, shell }) => testArguments(args, shell.machine.files),
  "[": ({ args, shell }) => testArguments(args.slice(0, -1), shell.machine.files),
  ".": source,
  source,
  export: declare,
  local: declare,
  readonly: declare,
  declare,
  typeset: declare,
  unset: ({ args, shell }) => {
    for (const name of args) shell.set(name, "");
    return OK;
  },
  shift: ({ shell }) => {
    shell.lists.get("@")?.shift();
    return OK;
  },
  read: readLine,
  bash: runShell,
  sh: runShell,
  which: whereIs,
  type: whereIs,
  hash: whereIs,
  reboot: takeDown,
  poweroff: takeDown,
  halt: takeDown,
  shutdown: ({ args }) => {
    if (args.includes("-c")) return OK;
    throw new ExitSignal(0, true);
  },
  init: ({ args }) => {
    if (args[0] === "6" || args[0] === "0") throw new ExitSignal(0, true);
    return OK;
  },
};

/** Options of wrappers that take a value. */
const VALUED = ["-u", "-g", "-n", "-c", "--user", "-o", "-i", "-e"];

function unwrap(name: string, args: readonly string[]): string[] {
  let at = 0;
  if (name === "command" && /^-[vV]$/.test(args[0] ?? "")) return ["which", ...args.slice(1)];
  while (at < args.length && (args[at]?.startsWith("-") || /^[A-Za-z_]\w*=/.test(args[at] ?? ""))) {
    at += VALUED.includes(args[at] ?? "") ? 2 : 1;
  }
  return args.slice(at);
}

/** Runs a program by the rules of README.md: known ones do what they do, others succeed and print nothing known. */
export function runCommand(shell: Shell, name: string, args: string[], io: Streams): Status {
  const command = name.replace(/^\/(usr\/)?(local\/)?s?bin\//, "");
  if (WRAPPERS.includes(command) || command === "env") {
    const [inner, ...rest] = unwrap(command, args);
    return inner === undefined ? OK : shell.call(inner, rest, io);
  }
  if (command === "timeout") {
    const [, inner, ...rest] = unwrap(command, args);
    return inner === undefined ? OK : shell.call(inner, rest, io);
  }
  const known = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (known) {
    shell.clockMs += 2;
    return known({ name: command, args, shell, io });
  }
  if (isMissingName(name)) {
    const missing = name.includes("/") ? "No such file or directory" : "command not found";
    io.err(`bash: line ${shell.line}: ${printable(name)}: ${missing}\n`);
    return { code: 127 };
  }
  const text = name.includes("/") ? shell.machine.files.get(shell.path(name)) : undefined;
  if (text?.startsWith("#!") && /^#!.*sh\b/.test(text)) return shell.script(text, io);
  io.out(UNKNOWN_ANSWER);
  return program(shell, name);
}

/** An answer that is unknown, without a line of its own: a bare one is not printed. */
const UNKNOWN_ANSWER = UNKNOWN;

function program(shell: Shell, name: string): Status {
  shell.clockMs += between(`${shell.machine.key}/${name}/${shell.clockMs}`, 40, 900);
  return { code: 0, undecided: true };
}
