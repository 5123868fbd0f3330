import { awsPages } from "goldsmith-languages/component";
import { cutText } from "@/lib/core/canonical-text";
import { fieldNamed } from "../document-model";
import type { LintContext, LintRule, Report } from "../lint-rule";
import { rangeOf } from "../parse-document";
import type { ScriptLine, StepScript } from "../step-scripts";
import type { Fix } from "../types";

/** Where commands can start: a line, or after an operator or keyword. */
const start = /(?:^|[;&|(]|\b(?:then|do|else|sudo)\b)\s*(?:["'-]\s*)?/.source;

interface LinePattern {
  shell: StepScript["shell"] | "any";
  pattern: RegExp;
  unless?: (line: string, script: StepScript) => boolean;
  say: string;
}

/** Some of these try each place of a line against each other. Nobody writes a command of this length by hand. */
const MOST_OF_LINE = 2_000;

const reportLines = (context: LintContext, patterns: LinePattern[], report: Report) => {
  for (const script of context.scripts) {
    for (const line of script.lines) {
      for (const { shell, pattern, unless, say } of patterns) {
        if (shell !== "any" && shell !== script.shell) continue;
        const match = pattern.exec(cutText(line.text, MOST_OF_LINE));
        if (!match || unless?.(line.text, script)) continue;
        report(within(context, line, match), say);
      }
    }
  }
};

/** A match in a joined line, as a range of the document: a continued line may end before its match does. */
function within({ text }: LintContext, line: ScriptLine, match: RegExpExecArray): [number, number] {
  const found = match[0].trim();
  const at = text.indexOf(found, line.from);
  const from = at === -1 || at > line.from + line.text.length ? line.from : at;
  return [from, Math.min(from + Math.max(found.length, 1), text.length)];
}

const failFast: Record<StepScript["shell"], { present: RegExp; line: string; why: string }> = {
  bash: {
    present: /(^|\n|;|&&)[ \t\r]*["']?(?:set\s+(-[a-z]*e|-o\s+errexit)|#!.*\s-[a-z]*e\b)/,
    line: "set -euo pipefail",
    why: "Only the exit code of the last command counts: an earlier failure goes unnoticed. Start with set -e.",
  },
  powershell: {
    present: /\$ErrorActionPreference\s*=/i,
    line: "$ErrorActionPreference = 'Stop'",
    why: "PowerShell continues after most errors. Start with $ErrorActionPreference = 'Stop'.",
  },
};

/** Puts a line before the first command; only where that is a block list, whose indentation can be copied. */
function insertFirstCommand({ text, parsed }: LintContext, script: StepScript): Fix | undefined {
  const first = script.commands[0];
  if (!first || parsed.format === "json") return undefined;
  const [from] = rangeOf(first);
  const { column } = parsed.positionAt(from);
  const lead = text.slice(from - column + 1, from);
  if (!/^ *- *$/.test(lead)) return undefined;
  const { line } = failFast[script.shell];
  return { title: `Start with ${line}`, edits: [{ from, to: from, insert: `${line}\n${lead}` }] };
}

export const scriptRules: readonly LintRule[] = [
  {
    id: "script-fail-fast",
    severity: "warning",
    demands: "A script of several commands stops at the first that fails.",
    source: awsPages.modules,
    check: (context, report) => {
      for (const script of context.scripts) {
        const { present, why } = failFast[script.shell];
        if (script.lines.length < 2 || present.test(script.text)) continue;
        if (script.shell === "bash" && /^#!.*\s-[a-z]*e/m.test(script.text)) continue;
        const commands = fieldNamed(script.step.inputGroups[0]?.fields ?? [], "commands");
        report(commands?.keyRange ?? script.step.range, why, insertFirstCommand(context, script));
      }
    },
  },
  {
    id: "script-reboot",
    severity: "warning",
    demands: "A restart is asked for with the Reboot module or an exit code, not with a command.",
    source: awsPages.modules,
    check: (context, report) =>
      reportLines(
        context,
        [
          {
            shell: "bash",
            pattern: new RegExp(
              `${start}(?:/usr)?(?:/s?bin/)?(?:reboot|shutdown|poweroff|systemctl\\s+reboot|init\\s+6)\\b(?!-)`,
            ),
            unless: (line) => /\bshutdown\s+-c\b/.test(line) || /^[\s"'-]*(echo|printf)\b/.test(line),
            say: "This kills AWSTOE in the middle of the step. Use the Reboot module, or exit 194 with a marker.",
          },
          {
            shell: "powershell",
            pattern: /\bRestart-Computer\b|\bshutdown(\.exe)?\s+[/-]r\b/i,
            say: "This kills AWSTOE in the middle of the step. Use the Reboot module, or exit 3010 with a marker.",
          },
        ],
        report,
      ),
  },
  {
    id: "restart-marker",
    severity: "warning",
    demands: "A step that exits with 194 or 3010 runs again, so it must know that it has run before.",
    source: awsPages.modules,
    check: (context, report) => {
      const guarded = (_line: string, script: StepScript) =>
        /\bif\b|\[\s|\btest\b|Test-Path|&&|\|\|/.test(script.text);
      const say =
        "After the restart the same step runs again, for ever. Leave a marker file and check for it first.";
      reportLines(
        context,
        [
          { shell: "bash", pattern: /\bexit\s+194\b/, unless: guarded, say },
          { shell: "powershell", pattern: /\bexit\s+\(?3010\b/i, unless: guarded, say },
        ],
        report,
      );
    },
  },
  {
    id: "pipe-to-shell",
    severity: "warning",
    demands: "What is downloaded is checked before it runs.",
    source: awsPages.bestPractices,
    check: (context, report) =>
      reportLines(
        context,
        [
          {
            shell: "bash",
            pattern: /\b(curl|wget)\b[^|;]*\|\s*(sudo\s+(-\S+\s+)*)?(\/\S*\/)?(ba|z|da|k)?sh\b/,
            say: "This runs whatever the server sends, also half of it. Download, check a checksum, then run.",
          },
          {
            shell: "bash",
            pattern: /\b(ba|z|da)?sh\s+(-c\s+["']?\$\(|<\()\s*(curl|wget)\b/,
            say: "This runs whatever the server sends, also half of it. Download, check a checksum, then run.",
          },
          {
            shell: "powershell",
            pattern:
              /(DownloadString|Invoke-WebRequest|Invoke-RestMethod|\biwr\b|\birm\b).*\|\s*(iex|Invoke-Expression)\b/i,
            say: "This runs whatever the server sends. Download, check a checksum, then run.",
          },
          {
            shell: "powershell",
            pattern: /\b(iex|Invoke-Expression)\b.*(DownloadString|Invoke-WebRequest|\biwr\b|\birm\b)/i,
            say: "This runs whatever the server sends. Download, check a checksum, then run.",
          },
        ],
        report,
      ),
  },
  {
    id: "package-manager-prompt",
    severity: "warning",
    demands: "Package managers are told not to ask: nobody is there to answer.",
    source: awsPages.modules,
    check: (context, report) => {
      const manager =
        /\b(yum|dnf|apt-get|apt)\b((?:\s+-\S+)*)\s+(?:install|update|upgrade|dist-upgrade|full-upgrade|remove|autoremove|purge|localinstall|reinstall|groupinstall)\b/g;
      const answered =
        /\s(-[a-zA-Z]*y[a-zA-Z]*|--yes|--assume-?yes|-qq)(\s|$|["'])|\byes\s*\||DEBIAN_FRONTEND=noninteractive.*-y/;
      for (const script of context.scripts) {
        if (script.shell !== "bash") continue;
        for (const line of script.lines) {
          const text = cutText(line.text, MOST_OF_LINE);
          for (const match of text.matchAll(manager)) {
            const end = text.slice(match.index).search(/&&|\|\||;/);
            const command = end === -1 ? text.slice(match.index) : text.slice(match.index, match.index + end);
            const updatesIndex = /^apt(-get)?\b/.test(match[0]) && /\bupdate$/.test(match[0]);
            if (updatesIndex || answered.test(` ${command}`) || /\byes\s*\|/.test(line.text)) continue;
            if (/^["'-]*\s*(echo|printf)\b/.test(line.text)) continue;
            const name = match[1] ?? "";
            const range = within(context, line, match as RegExpExecArray);
            const after = range[0] + name.length;
            report(range, `${name} would ask and wait for an answer. Add -y.`, {
              title: "Add -y",
              edits: [{ from: after, to: after, insert: " -y" }],
            });
          }
        }
      }
    },
  },
  {
    id: "http-download",
    severity: "warning",
    demands: "Downloads in scripts use https.",
    source: awsPages.bestPractices,
    check: (context, report) =>
      reportLines(
        context,
        [
          {
            shell: "any",
            pattern: /http:\/\/(?!(169\.254\.|127\.|localhost|\[?fd00:ec2|\$|\{\{)).[^\s"'`]*/,
            unless: (line) =>
              !/\b(curl|wget|Invoke-WebRequest|Invoke-RestMethod|iwr|irm|DownloadFile|rpm|yum|dnf|pip\d?|git)\b/i.test(
                line,
              ),
            say: "Anyone on the way can change what http:// brings. Use https://.",
          },
        ],
        report,
      ),
  },
  {
    id: "fixed-architecture",
    severity: "warning",
    demands: "A download for one processor says so, or asks the instance.",
    source: awsPages.components,
    check: (context, report) => {
      const asks = (_line: string, script: StepScript) =>
        /\buname\b|\barch\b|\bdpkg --print-architecture|PROCESSOR_ARCHITECTURE/.test(script.text);
      const say =
        "This download is for one processor only: on an instance type of the other kind the step fails. Choose by uname -m, or say so in the description.";
      reportLines(
        context,
        [
          {
            shell: "bash",
            pattern: /https?:\/\/[^\s"'`]*(x86_64|amd64|aarch64|arm64)[^\s"'`]*/,
            unless: asks,
            say,
          },
        ],
        report,
      );
    },
  },
];
