import "server-only";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How a failed build ended, and the rule that explains it. */
export type Ending = {
  /** The file it is from, and its place there. */
  name: string;
  /** The right rule's id; undefined where no rule may explain it. */
  rule?: string;
  stage: string;
  platform?: string;
  module?: string;
  exitCode?: number;
  stdout: string[];
  stderr: string[];
  /** What the deciding line contains. */
  decides?: string;
  /** What Image Builder says; such an ending has no log. */
  reason?: string;
  workflowStep?: string;
};

const folder = join(dirname(fileURLToPath(import.meta.url)), "endings");

/**
 * Reads the endings beside this file. One begins with `## rule exitCode platform module [stage]`; then `|` is a line
 * of stdout, `!` one of stderr, and `>` marks the line that decides. One of `service.txt` begins with
 * `## rule stage [workflowStep]`, and `=` is what Image Builder says.
 */
export const writtenEndings = (): Ending[] =>
  readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .split(/^## /m)
      .slice(1)
      .map((text, index) => readEnding(`${file} ${index + 1}`, text)),
  );

function readEnding(name: string, text: string): Ending {
  const [head = "", ...body] = text.trimEnd().split("\n");
  const words = head.split(" ");
  const rule = words[0] === "none" ? undefined : words[0];
  const said = body.find((line) => line.startsWith("= "));
  if (said) {
    const [, stage = "", workflowStep] = words;
    return { name, rule, stage, workflowStep, reason: said.slice(2), stdout: [], stderr: [] };
  }
  const [, exitCode, platform, module, stage = "BUILDING"] = words;
  const of = (mark: string) =>
    body.filter((line) => line.startsWith(mark)).map((line) => line.replace(/^[|!]>? /, ""));
  const decides = body.find((line) => /^[|!]>/.test(line))?.replace(/^[|!]> /, "");
  return {
    name,
    rule,
    stage,
    platform,
    module,
    exitCode: Number(exitCode),
    stdout: of("|"),
    stderr: of("!"),
    decides,
  };
}

/** What each shell and runner says about a command that it does not have, with the exit code it leaves. */
const NOT_FOUND: [of: string, exitCode: number, say: (command: string) => string, platform?: string][] = [
  ["bash script", 127, (command) => `/tmp/AWSTOE1/script-1.sh: line 3: ${command}: command not found`],
  ["bash -c", 1, (command) => `bash: line 1: ${command}: command not found`],
  ["bash", 2, (command) => `bash: ${command}: command not found`],
  ["dash script", 127, (command) => `/tmp/AWSTOE1/script-1.sh: 3: ${command}: not found`],
  ["dash -c", 1, (command) => `/bin/sh: 1: ${command}: not found`],
  ["busybox ash", 127, (command) => `sh: ${command}: not found`],
  ["busybox script", 127, (command) => `/tmp/x.sh: line 4: ${command}: not found`],
  ["zsh", 127, (command) => `zsh:3: command not found: ${command}`],
  ["ksh", 127, (command) => `/tmp/x.sh[3]: ${command}: not found [No such file or directory]`],
  ["tcsh", 1, (command) => `${command}: Command not found.`],
  ["fish", 127, (command) => `fish: Unknown command: ${command}`],
  ["env", 127, (command) => `/usr/bin/env: ‘${command}’: No such file or directory`],
  ["sudo", 1, (command) => `sudo: ${command}: command not found`],
  ["nohup", 127, (command) => `nohup: failed to run command '${command}': No such file or directory`],
  ["timeout", 127, (command) => `timeout: failed to run command ‘${command}’: No such file or directory`],
  ["xargs", 127, (command) => `xargs: ${command}: No such file or directory`],
  ["make", 2, (command) => `make: ${command}: Command not found`],
  ["Go", 1, (command) => `exec: "${command}": executable file not found in $PATH`],
  ["bash with a path", 127, (command) => `bash: line 1: /opt/bin/${command}: No such file or directory`],
  ["cmd", 1, (command) => `'${command}' is not recognized as an internal or external command,`, "Windows"],
  [
    "PowerShell",
    1,
    (command) =>
      `${command} : The term '${command}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
    "Windows",
  ],
];

/** Each shell with each of some commands. */
export const shellEndings = (): Ending[] =>
  NOT_FOUND.flatMap(([of, exitCode, say, platform = "Linux"]) =>
    ["aide", "python3.12", "docker-compose"].map((command) => ({
      name: `${of} ${command}`,
      rule: "C3",
      stage: "BUILDING",
      platform,
      module: platform === "Windows" ? "ExecutePowerShell" : "ExecuteBash",
      exitCode,
      stdout: ["installing"],
      stderr: [say(command)],
      decides: say(command),
    })),
  );
