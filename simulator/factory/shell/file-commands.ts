import { DAY_MS } from "../../engine/clock";
import { hexId } from "../deterministic";
import type { Command, Shell } from "./bash-contract";
import { FOLDER, isMissingName, isUnknown, OK, printable, type Status, UNKNOWN } from "./machine";

const FALSE: Status = { code: 1 };
const namesOf = (args: readonly string[]): string[] => args.filter((arg) => !arg.startsWith("-"));

function say(text: string): Command {
  return ({ io }) => {
    io.out(`${text}\n`);
    return OK;
  };
}

/** Removes a path and what is below it; gives whether anything was there. */
export function removePath(files: Map<string, string>, path: string): boolean {
  let found = files.delete(path);
  for (const known of [...files.keys()]) {
    if (known.startsWith(`${path}/`) || known.startsWith(`${path}\\`)) found = files.delete(known);
  }
  return found;
}

const touch: Command = ({ args, shell }) => {
  for (const name of namesOf(args)) {
    const path = shell.path(name);
    if (!shell.machine.files.has(path)) shell.machine.files.set(path, "");
  }
  return OK;
};

const makeFolder: Command = ({ args, shell, io }) => {
  const whole = args.some((arg) => /^-[a-z]*p|^--parents/.test(arg));
  for (const name of namesOf(args)) {
    const path = shell.path(name);
    if (!whole && shell.machine.files.has(path)) {
      io.err(`mkdir: cannot create directory ‘${printable(name)}’: File exists\n`);
      return FALSE;
    }
    shell.machine.files.set(path, FOLDER);
  }
  return OK;
};

const remove: Command = ({ args, shell, io }) => {
  const force = args.some((arg) => /^-[a-zA-Z]*f|^--force/.test(arg));
  for (const name of namesOf(args)) {
    const found = removePath(shell.machine.files, shell.path(name));
    if (!found && !force && isMissingName(name)) {
      io.err(`rm: cannot remove '${printable(name)}': No such file or directory\n`);
      return FALSE;
    }
  }
  return OK;
};

const copyOrMove: Command = ({ name, args, shell, io }) => {
  const names = namesOf(args);
  const target = shell.path(names.pop() ?? "");
  for (const source of names) {
    const from = shell.path(source);
    const content = shell.machine.files.get(from);
    if (content === undefined && isMissingName(source)) {
      io.err(`${name}: cannot stat '${printable(source)}': No such file or directory\n`);
      return FALSE;
    }
    const into =
      shell.machine.files.get(target) === FOLDER ? `${target}/${from.replace(/^.*\//, "")}` : target;
    shell.machine.files.set(into, content ?? UNKNOWN);
    if (name === "mv") removePath(shell.machine.files, from);
  }
  return OK;
};

const changeFolder: Command = ({ name, args, shell, io }) => {
  const target = args.find((arg) => !/^-./.test(arg)) ?? "/root";
  if (isMissingName(target)) {
    io.err(`bash: line ${shell.line}: ${name}: ${printable(target)}: No such file or directory\n`);
    return FALSE;
  }
  if (target !== "-") shell.folder = shell.path(target);
  shell.set("PWD", shell.folder);
  return OK;
};

const list: Command = ({ args, shell, io }) => {
  for (const name of namesOf(args)) {
    const path = shell.path(name);
    if (isMissingName(path) && !shell.machine.files.has(path)) {
      io.err(`ls: cannot access '${printable(name)}': No such file or directory\n`);
      return { code: 2 };
    }
    if (shell.machine.files.has(path) && shell.machine.files.get(path) !== FOLDER) io.out(`${name}\n`);
    else io.out(UNKNOWN);
  }
  return OK;
};

const temporary: Command = ({ args, shell, io }) => {
  const path = `/tmp/tmp.${hexId(`${shell.machine.key}/${shell.clockMs}/${shell.machine.files.size}`, 10)}`;
  shell.machine.files.set(path, args.some((arg) => /^-[a-z]*d/.test(arg)) ? FOLDER : "");
  io.out(`${path}\n`);
  return OK;
};

/** The root volume of the simulated machine: more than this does not fit. */
const DISK_GIB = 64;

const allocate: Command = ({ name, args, io }) => {
  const joined = args.join(" ");
  const [, amount, unit] = /(?:-l\s*|count=|bs=)(\d+)\s*([MGT])/i.exec(joined) ?? [];
  const gib = Number(amount ?? 0) * ({ M: 1 / 1024, G: 1, T: 1024 }[unit?.toUpperCase() ?? "M"] ?? 0);
  if (gib <= DISK_GIB) return OK;
  io.err(`${name}: write error: No space left on device\n`);
  return FALSE;
};

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const date: Command = ({ args, shell, io }) => {
  const now = new Date(shell.machine.epochMs + shell.startMs + shell.clockMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const marks: Record<string, string> = {
    Y: String(now.getUTCFullYear()),
    m: two(now.getUTCMonth() + 1),
    d: two(now.getUTCDate()),
    H: two(now.getUTCHours()),
    M: two(now.getUTCMinutes()),
    S: two(now.getUTCSeconds()),
    y: two(now.getUTCFullYear() % 100),
    s: String(Math.floor(now.getTime() / 1000)),
    N: "000000000",
    Z: "UTC",
    z: "+0000",
    a: DAYS[now.getUTCDay()] ?? "",
    b: MONTHS[now.getUTCMonth()] ?? "",
    j: String(Math.floor((now.getTime() - Date.UTC(now.getUTCFullYear(), 0, 0)) / DAY_MS)).padStart(3, "0"),
    F: now.toISOString().slice(0, 10),
    T: now.toISOString().slice(11, 19),
    R: now.toISOString().slice(11, 16),
    D: `${two(now.getUTCMonth() + 1)}/${two(now.getUTCDate())}/${two(now.getUTCFullYear() % 100)}`,
  };
  const given = args.find((arg) => arg.startsWith("+"))?.slice(1);
  const pattern =
    given ??
    (args.some((arg) => arg.startsWith("-I") || arg.startsWith("--iso"))
      ? "%FT%T+00:00"
      : "%a %b %d %T UTC %Y");
  io.out(`${pattern.replaceAll(/%-?([A-Za-z])/g, (whole, mark: string) => marks[mark] ?? whole)}\n`);
  return OK;
};

const architecture = (shell: Shell) => (shell.machine.platform === "macOS" ? "arm64" : "x86_64");

const systemName: Command = ({ args, shell, io }) => {
  const darwin = shell.machine.platform === "macOS";
  const kernel = darwin ? "Darwin" : "Linux";
  const release = darwin ? "23.6.0" : "6.1.147-172.266.amzn2023.x86_64";
  const joined = args.join("");
  const answer = joined.includes("a")
    ? `${kernel} ip-172-31-16-21 ${release} ${architecture(shell)}`
    : joined.includes("m") || joined.includes("p")
      ? architecture(shell)
      : joined.includes("r")
        ? release
        : joined.includes("n")
          ? "ip-172-31-16-21"
          : kernel;
  io.out(`${answer}\n`);
  return OK;
};

export const FILE_COMMANDS: Readonly<Record<string, Command>> = {
  touch,
  mkdir: makeFolder,
  rm: remove,
  rmdir: remove,
  unlink: remove,
  cp: copyOrMove,
  mv: copyOrMove,
  ln: ({ args, shell }) => {
    const target = namesOf(args)[1];
    if (target !== undefined) shell.machine.files.set(shell.path(target), UNKNOWN);
    return OK;
  },
  cd: changeFolder,
  pushd: changeFolder,
  popd: () => OK,
  pwd: ({ shell, io }) => {
    io.out(`${shell.folder}\n`);
    return OK;
  },
  ls: list,
  mktemp: temporary,
  fallocate: allocate,
  dd: allocate,
  date,
  uname: systemName,
  arch: ({ shell, io }) => {
    io.out(`${architecture(shell)}\n`);
    return OK;
  },
  whoami: say("root"),
  hostname: say("ip-172-31-16-21.ec2.internal"),
  nproc: say("2"),
  id: ({ args, io }) => {
    if (namesOf(args).some(isMissingName)) {
      io.err(`id: ‘${namesOf(args)[0] ?? ""}’: no such user\n`);
      return FALSE;
    }
    io.out(
      args.includes("-u")
        ? "0\n"
        : args.includes("-un")
          ? "root\n"
          : namesOf(args).some((name) => name !== "root")
            ? UNKNOWN
            : "uid=0(root) gid=0(root) groups=0(root)\n",
    );
    return namesOf(args).some((name) => name !== "root") ? { code: 0, undecided: true } : OK;
  },
  chmod: checkNames,
  chown: checkNames,
  readlink: ({ args, shell, io }) => {
    const name = namesOf(args)[0] ?? "";
    io.out(isUnknown(name) ? UNKNOWN : `${shell.path(name)}\n`);
    return OK;
  },
};

function checkNames({ name, args, io }: Parameters<Command>[0]): Status {
  const missing = namesOf(args).slice(1).find(isMissingName);
  if (missing === undefined) return OK;
  io.err(`${name}: cannot access '${printable(missing)}': No such file or directory\n`);
  return FALSE;
}
