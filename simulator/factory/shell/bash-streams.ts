import type { Shell, Streams } from "./bash-contract";
import { expandText } from "./bash-expand";
import type { Redirect } from "./bash-syntax";
import { isUnknown, MAX_TEXT, UNKNOWN } from "./machine";

/** An absolute path, from the shell's folder. */
export function absolutePath(folder: string, name: string): string {
  const joined = name.startsWith("/") || isUnknown(name) ? name : `${folder}/${name}`;
  const parts: string[] = [];
  for (const part of joined.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The streams of a command after its redirections. */
export function redirect(shell: Shell, redirects: readonly Redirect[], io: Streams): Streams {
  const streams = { ...io };
  for (const { operator, descriptor, target } of redirects) {
    const text = expandText(target, shell);
    if (operator === "<<" || operator === "<<-") streams.input = text;
    else if (operator === "<<<") streams.input = `${text}\n`;
    else if (operator === "<") streams.input = shell.machine.files.get(shell.path(text)) ?? UNKNOWN;
    else if (operator === ">&") {
      if (text === "2") streams.out = streams.err;
      else if (text === "1" && descriptor === 2) streams.err = streams.out;
    } else {
      const sink = fileSink(shell, text, operator.endsWith(">>"));
      if (descriptor === 2 || operator.startsWith("&")) streams.err = sink;
      if (descriptor === 1 || operator.startsWith("&")) streams.out = sink;
    }
  }
  return streams;
}

function fileSink(shell: Shell, name: string, append: boolean): (text: string) => void {
  if (name === "/dev/null") return () => {};
  const path = shell.path(name);
  if (!append || !shell.machine.files.has(path)) shell.machine.files.set(path, "");
  return (text) => {
    const before = shell.machine.files.get(path) ?? "";
    if (before.length < MAX_TEXT) shell.machine.files.set(path, before + text);
  };
}

/** `set -euxo pipefail`, `set +e`, `set -- words`. */
export function setOptions(shell: Shell, args: readonly string[]): void {
  for (const [index, arg] of args.entries()) {
    const on = arg.startsWith("-");
    if (arg === "--") {
      shell.lists.set("@", args.slice(index + 1));
      return;
    }
    if (arg === "pipefail") shell.options.pipefail = args[index - 1]?.startsWith("-") ?? false;
    if (arg === "errexit") shell.options.errexit = args[index - 1]?.startsWith("-") ?? false;
    if (!/^[-+][a-z]+$/i.test(arg)) continue;
    if (arg.includes("e")) shell.options.errexit = on;
    if (arg.includes("x")) shell.options.xtrace = on;
  }
}
