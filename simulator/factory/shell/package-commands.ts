import { between } from "../deterministic";
import type { Command, Shell, Streams } from "./bash-contract";
import { isMissingName, OK, printable, type Status } from "./machine";

const versionOf = (name: string): string =>
  `${between(name, 1, 8)}.${between(`${name}/minor`, 0, 30)}.${between(`${name}/patch`, 0, 12)}`;
const bare = (name: string): string => printable(name.replace(/^.*\//, "").replace(/\.(rpm|deb)$/, ""));

/** Options of package managers that take a value. */
const VALUED = [
  "-t",
  "-o",
  "-c",
  "--repo",
  "--enablerepo",
  "--disablerepo",
  "-r",
  "-i",
  "--index-url",
  "--version",
  "--source",
];

interface Request {
  verb: string;
  packages: string[];
}

function requestOf(args: readonly string[]): Request {
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (VALUED.includes(arg)) at++;
    else if (!arg.startsWith("-") && arg !== "") words.push(arg);
  }
  return { verb: words[0] ?? "", packages: words.slice(1) };
}

function spend(shell: Shell, key: string, packages: readonly string[]): void {
  shell.clockMs +=
    between(`${shell.machine.key}/${key}/${packages.join(" ")}`, 4000, 9000) +
    packages.length * between(key, 900, 2400);
}

const INSTALLS = ["install", "groupinstall", "reinstall", "localinstall", "upgrade", "update", "in", "add"];

/** yum and dnf. */
const redHat: Command = ({ name, args, shell, io }) => {
  const { verb, packages } = requestOf(args);
  if (!INSTALLS.includes(verb)) return verb === "check-update" ? OK : { code: 0, undecided: true };
  spend(shell, `${name} ${verb}`, packages);
  io.out("Last metadata expiration check: 0:01:07 ago.\n");
  const missing = packages.find(isMissingName);
  if (missing !== undefined) {
    io.err(`Error: Unable to find a match: ${printable(missing)}\n`);
    return { code: 1 };
  }
  if (packages.length === 0) io.out("Dependencies resolved.\nNothing to do.\nComplete!\n");
  else {
    io.out("Dependencies resolved.\n");
    for (const item of packages) io.out(`  Installing       : ${bare(item)}-${versionOf(item)}-1.x86_64\n`);
    io.out(
      `\nInstalled:\n${packages.map((item) => `  ${bare(item)}-${versionOf(item)}-1.x86_64\n`).join("")}\nComplete!\n`,
    );
  }
  return OK;
};

const debian: Command = ({ name, args, shell, io }) => {
  const { verb, packages } = requestOf(args);
  spend(shell, `${name} ${verb}`, packages);
  if (verb === "update") {
    io.out(
      "Hit:1 http://archive.ubuntu.com/ubuntu noble InRelease\nGet:2 http://archive.ubuntu.com/ubuntu noble-updates InRelease [126 kB]\nFetched 126 kB in 1s (141 kB/s)\nReading package lists...\n",
    );
    return OK;
  }
  if (!INSTALLS.includes(verb) && verb !== "dist-upgrade") return { code: 0, undecided: true };
  io.out("Reading package lists...\nBuilding dependency tree...\nReading state information...\n");
  const missing = packages.find(isMissingName);
  if (missing !== undefined) {
    io.err(`E: Unable to locate package ${printable(missing)}\n`);
    return { code: 100 };
  }
  for (const item of packages) io.out(`Setting up ${bare(item)} (${versionOf(item)}) ...\n`);
  io.out(`0 upgraded, ${packages.length} newly installed, 0 to remove and 0 not upgraded.\n`);
  return OK;
};

const suse: Command = ({ name, args, shell, io }) => {
  const { verb, packages } = requestOf(args);
  spend(shell, `${name} ${verb}`, packages);
  const missing = packages.find(isMissingName);
  if (missing !== undefined) {
    io.out(
      `'${printable(missing)}' not found in package names. Trying capabilities.\nNo provider of '${printable(missing)}' found.\n`,
    );
    return { code: 104 };
  }
  for (const item of packages) io.out(`Installing: ${bare(item)}-${versionOf(item)}.x86_64 [done]\n`);
  return OK;
};

/** pip, npm, gem, cargo, snap, brew: one line an item, one for a missing one. */
function language(
  installed: (items: string[]) => string,
  missingText: (item: string) => string,
  code = 1,
): Command {
  return ({ name, args, shell, io }) => {
    const { verb, packages } = requestOf(args);
    if (!INSTALLS.includes(verb) && verb !== "i") return { code: 0, undecided: true };
    spend(shell, `${name} ${verb}`, packages);
    const missing = packages.find(isMissingName);
    if (missing !== undefined) return refuse(io, missingText(printable(missing)), code);
    if (packages.length > 0) io.out(`${installed(packages)}\n`);
    return OK;
  };
}

function refuse(io: Streams, text: string, code: number): Status {
  io.err(`${text}\n`);
  return { code };
}

const pip = language(
  (items) =>
    `${items.map((item) => `Collecting ${bare(item)}\n`).join("")}Successfully installed ${items.map((item) => `${bare(item).replace(/[=<>~].*$/, "")}-${versionOf(item)}`).join(" ")}`,
  (item) =>
    `ERROR: Could not find a version that satisfies the requirement ${item} (from versions: none)\nERROR: No matching distribution found for ${item}`,
);
const npm = language(
  (items) => `added ${between(items.join(" "), 3, 160)} packages in ${between(items.join("/"), 2, 19)}s`,
  (item) =>
    `npm error code E404\nnpm error 404 Not Found - GET https://registry.npmjs.org/${item} - Not found`,
);
const brew = language(
  (items) =>
    items
      .map((item) => `==> Pouring ${bare(item)}--${versionOf(item)}.arm64_sonoma.bottle.tar.gz`)
      .join("\n"),
  (item) => `Warning: No available formula with the name "${item}".`,
);
const plain = language(
  (items) => items.map((item) => `Installed ${bare(item)} ${versionOf(item)}`).join("\n"),
  (item) => `ERROR: Could not find ${item}`,
);

export const PACKAGE_COMMANDS: Readonly<Record<string, Command>> = {
  yum: redHat,
  dnf: redHat,
  microdnf: redHat,
  "apt-get": debian,
  apt: debian,
  zypper: suse,
  pip,
  pip3: pip,
  npm,
  brew,
  gem: plain,
  snap: plain,
  cargo: plain,
};
