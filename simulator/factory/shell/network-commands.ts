import { between } from "../deterministic";
import type { Command } from "./bash-contract";
import { instanceMetadata } from "./linux-facts";
import { OK, printable, type Status, UNKNOWN } from "./machine";

/** The host of a URL, or of `host:path`. */
export function hostOf(address: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^/:?#]+)/i.exec(address)?.[1] ?? address;
}

/** Names under .invalid never resolve (RFC 2606): a user types one to see a network failure. */
export const isUnreachable = (address: string): boolean => /(^|\.)invalid$/i.test(hostOf(address));

/** A path holding 404 is not there. */
export const isAbsentPage = (address: string): boolean => /\/404(\/|$|\.)/.test(address);

const METADATA = "169.254.169.254";
const addressOf = (args: readonly string[]): string =>
  args.find((arg) => /^[a-z]+:\/\//i.test(arg)) ?? args.findLast((arg) => !arg.startsWith("-")) ?? "";

const curl: Command = ({ args, shell, io }) => {
  const address = addressOf(args);
  const host = hostOf(address);
  const short = args.filter((arg) => /^-[A-Za-z]+$/.test(arg)).join("");
  const silent = /s/.test(short) || args.includes("--silent");
  const shown = !silent || /S/.test(short) || args.includes("--show-error");
  const fail = (code: number, text: string): Status => {
    if (shown) io.err(`curl: (${code}) ${text}\n`);
    return { code };
  };
  if (isUnreachable(address)) {
    shell.clockMs += 5100;
    return fail(6, `Could not resolve host: ${printable(host)}`);
  }
  shell.clockMs += between(`${shell.machine.key}/${address}`, 150, 2600);
  if (isAbsentPage(address)) {
    if (/f/.test(short) || args.includes("--fail")) return fail(22, "The requested URL returned error: 404");
    io.out("404: Not Found\n");
    return OK;
  }
  const file = outputName(args, address, /O/.test(short) || args.includes("--remote-name"));
  if (file) {
    shell.machine.files.set(shell.path(file), UNKNOWN);
    return OK;
  }
  if (host === METADATA) {
    const answer = address.includes("/api/token")
      ? "AQAEAKsimulatedtoken=="
      : instanceMetadata(address, shell.machine);
    io.out(answer ?? UNKNOWN);
    return OK;
  }
  io.out(UNKNOWN);
  return { code: 0, undecided: true };
};

function outputName(args: readonly string[], address: string, remoteName: boolean): string | undefined {
  const at = args.findIndex((arg) => /^-[a-zA-Z]*o$|^--output$/.test(arg));
  if (at >= 0) return args[at + 1];
  return remoteName ? address.replace(/[?#].*$/, "").replace(/^.*\//, "") || "index.html" : undefined;
}

const wget: Command = ({ args, shell, io }) => {
  const address = addressOf(args);
  const quiet = args.some((arg) => /^-[a-zA-Z]*q|^--quiet/.test(arg));
  if (isUnreachable(address)) {
    shell.clockMs += 5100;
    if (!quiet) io.err(`wget: unable to resolve host address ‘${printable(hostOf(address))}’\n`);
    return { code: 4 };
  }
  shell.clockMs += between(`${shell.machine.key}/${address}`, 300, 4200);
  if (isAbsentPage(address)) {
    if (!quiet)
      io.err(
        `--  ${printable(address)}\nHTTP request sent, awaiting response... 404 Not Found\nERROR 404: Not Found.\n`,
      );
    return { code: 8 };
  }
  const at = args.findIndex((arg) => /^-[a-zA-Z]*O$/.test(arg));
  const name =
    at >= 0 ? (args[at + 1] ?? "") : address.replace(/[?#].*$/, "").replace(/^.*\//, "") || "index.html";
  if (name === "-") io.out(UNKNOWN);
  else shell.machine.files.set(shell.path(name), UNKNOWN);
  if (!quiet) io.err(`‘${printable(name)}’ saved\n`);
  return OK;
};

const ping: Command = ({ args, shell, io }) => {
  const host = args.findLast((arg) => !arg.startsWith("-")) ?? "localhost";
  const times = Math.min(Number(args[args.indexOf("-c") + 1] ?? 4) || 4, 20);
  if (isUnreachable(host)) {
    io.err(`ping: ${printable(host)}: Name or service not known\n`);
    return { code: 2 };
  }
  const address = /^[\d.]+$/.test(host) ? host : `203.0.113.${between(host, 2, 250)}`;
  io.out(`PING ${host} (${address}) 56(84) bytes of data.\n`);
  for (let turn = 1; turn <= times; turn++) {
    shell.clockMs += 1000;
    io.out(
      `64 bytes from ${address}: icmp_seq=${turn} ttl=64 time=0.${between(`${host}/${turn}`, 20, 98)} ms\n`,
    );
  }
  io.out(
    `\n--- ${host} ping statistics ---\n${times} packets transmitted, ${times} received, 0% packet loss, time ${times * 1000}ms\n`,
  );
  return OK;
};

const git: Command = ({ args, shell, io }) => {
  const address = args.find((arg) => /:\/\/|@.*:/.test(arg));
  shell.clockMs += between(`${shell.machine.key}/git/${args.join(" ")}`, 600, 5000);
  if (!address || args[0] !== "clone") return { code: 0, undecided: true };
  if (isUnreachable(address)) {
    io.err(
      `fatal: unable to access '${printable(address)}': Could not resolve host: ${printable(hostOf(address))}\n`,
    );
    return { code: 128 };
  }
  const folder =
    args.slice(args.indexOf(address) + 1).find((arg) => !arg.startsWith("-")) ??
    address.replace(/\.git$/, "").replace(/^.*[/:]/, "");
  shell.machine.files.set(shell.path(folder), UNKNOWN);
  io.err(`Cloning into '${printable(folder)}'...\n`);
  return OK;
};

export const NETWORK_COMMANDS: Readonly<Record<string, Command>> = { curl, wget, ping, git };
