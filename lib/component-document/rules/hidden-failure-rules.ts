import { awsPages } from "goldsmith-languages/component";
import { isCheck } from "../document-model";
import type { LintRule } from "../lint-rule";
import type { ScriptLine, StepScript } from "../step-scripts";

const bash = (scripts: readonly StepScript[]) => scripts.filter(({ shell }) => shell === "bash");
const powerShell = (scripts: readonly StepScript[]) => scripts.filter(({ shell }) => shell === "powershell");

/** The line as a range of the document; a joined line may be longer than the text it comes from. */
const rangeOf = ({ from, text }: ScriptLine, end = text.length) => [from, from + Math.max(end, 1)] as const;

/** Without the dash, quotes and `sudo` that YAML or a habit puts before a command. */
const bare = (text: string) => text.replace(/^[-\s"']+/, "").replace(/["']$/, "");

/** Nobody nests quotes and `$(...)` deeper: more would be work for the square of a line's length. */
const MOST_NESTED = 8;

/** Text in quotes and in `$(...)` has no say in whether the line around it fails: both become underscores. */
function bones(text: string, depth = MOST_NESTED): string {
  const outer = text
    .replace(/\\["']/g, "__")
    .replace(/'[^']*'|"(?:[^"$`]|\$(?!\())*"|\$\([^()'"]*\)|`[^`]*`/g, (part) => "_".repeat(part.length));
  return outer === text || depth === 0 ? outer : bones(outer, depth - 1);
}

/** Programs at the end of a pipe that succeed whatever they are given. */
const SINK =
  /\|\s*(?:sudo\s+)?(tee|logger|cat|sed|awk|head|tail|sort|uniq|cut|tr|column|ts|less|more|systemd-cat)\b[^|&;]*$/;
/** Programs before a pipe whose failure nobody waits for. */
const HARMLESS = /^(?:\w+=\S*\s+)*(?:echo|printf|cat|yes|date|env|ls|ps|history|true|df|free|uname|find)\b/;
/** A line whose exit code something else looks at, or one that is only part of a command. */
const WATCHED = /^(?:if|elif|while|until|case|for|!|\[|local|declare|readonly)\b|&&\s*$|\|\|/;
const KEEPS_STATUS = /\bpipefail\b|\bPIPESTATUS\b/;

/** `export NAME=...` alone on its line. */
const EXPORT = /^export\s+([A-Za-z_]\w*)=/;
const ENVIRONMENT = /^\$env:(\w+)\s*\+?=/i;
/** Lines that set something for the lines after them, and do nothing themselves. */
const SETTING = /^(?:export\b|set\b|shopt\b|unset\b|umask\b|[A-Za-z_]\w*=\S*$|#|:$|true$|\$\w+\s*=|\$env:)/i;

/** Programs of their own: PowerShell goes on whatever their exit code is. */
const NATIVE =
  /^(?:&[^;|]*\.(?:exe|cmd|bat)\b|(?:choco|cinst|msiexec|git|npm|yarn|pip3?|python3?|dotnet|aws|dism|sc|reg|net|netsh|robocopy|wusa|bcdedit|cmd|nuget|winget|java|docker|terraform|node|powercfg|icacls|schtasks|certutil|7z|tar|curl)(?:\.exe)?\s+[^=\s]|[\w:\\$.{}-]+\.(?:exe|cmd|bat)\s)/i;
const LOOKS_AT_CODE = /\$LASTEXITCODE|PSNativeCommandUseErrorActionPreference|\.ExitCode\b/i;

/** Cleaning up may fail: nobody checks anything with it. */
const CLEANING =
  /^(?:sudo\s+)?(?:rm|rmdir|umount|kill|pkill|killall|userdel|mkdir|unset|docker\s+(?:rm|stop|kill)|systemctl\s+(?:stop|disable))\b/;
const NEVER_FAILS =
  /\|\|\s*(?:true|:|\/bin\/true|exit\s+0|return\s+0|(?:echo|printf)\b(?!.*(?:exit|false|return))[^|&;]*)$/;
const CAN_FAIL = /\bexit\s+["']?(?:[1-9]|\$)|\bfalse\b|\breturn\s+["']?(?:[1-9]|\$)/;

/** The variables of the environment that a script reads, in lower case. */
const namesRead = (text: string, shell: StepScript["shell"]): Set<string> =>
  new Set(
    [...text.matchAll(shell === "bash" ? /\$\{?(\w+)/g : /\$env:(\w+)/gi)].map(([, name = ""]) =>
      name.toLowerCase(),
    ),
  );

/** The variables that a script sets itself, or has bash's `read` set, in lower case. */
const namesSet = (text: string): Set<string> =>
  new Set(
    [
      ...[...text.matchAll(/(?:^|\s|;)(?:export\s+)?(\w+)=|\$env:(\w+)\s*=/gim)].map(
        ([, set, inPowerShell]) => set ?? inPowerShell ?? "",
      ),
      ...text.split("\n").flatMap((line) => {
        const read = /\bread\b/i.exec(line);
        return read ? (line.slice(read.index + read[0].length).match(/\w+/g) ?? []) : [];
      }),
    ].map((name) => name.toLowerCase()),
  );

export const hiddenFailureRules: readonly LintRule[] = [
  {
    id: "script-pipe-status",
    severity: "warning",
    demands: "A command that matters does not hide behind a pipe: pipefail is set.",
    source: awsPages.modules,
    check: ({ scripts }, report) => {
      for (const script of bash(scripts)) {
        if (KEEPS_STATUS.test(script.text)) continue;
        for (const line of script.lines) {
          const text = bare(line.text);
          const shown = bones(text);
          const sink = SINK.exec(shown);
          if (!sink || HARMLESS.test(text) || WATCHED.test(shown)) continue;
          report(
            rangeOf(line),
            `Only the exit code of ${sink[1]} counts, so a failure before the pipe goes unnoticed. Start with set -euo pipefail.`,
          );
        }
      }
    },
  },
  {
    id: "export-lost",
    severity: "warning",
    demands: "A variable of the environment is set in the step that needs it: it ends with its step.",
    source: awsPages.modules,
    check: ({ scripts, document }, report) => {
      for (const script of scripts) {
        const pattern = script.shell === "bash" ? EXPORT : ENVIRONMENT;
        const later = scripts
          .slice(scripts.indexOf(script) + 1)
          .filter(({ shell }) => shell === script.shell)
          .filter(({ text }) => !/^[^\S\n]*(?:source|\.)\s/m.test(text))
          .map(({ text }) => ({ reads: namesRead(text, script.shell), sets: namesSet(text) }));
        const lastWork = script.lines.findLastIndex(({ text }) => !SETTING.test(bare(text)));
        for (const [index, line] of script.lines.entries()) {
          const name = pattern.exec(bare(line.text))?.[1];
          if (!name) continue;
          const isAlone = !/&&|;|\|/.test(bones(bare(line.text)).replace(/;\s*$/, ""));
          const isLast = isAlone && index >= lastWork;
          const isLastStep = document.steps.at(-1) === script.step;
          const key = name.toLowerCase();
          const reader = later.find(({ reads, sets }) => reads.has(key) && !sets.has(key));
          if (!(isLast && !isLastStep) && !reader) continue;
          report(
            rangeOf(line),
            `Each step is a shell of its own: ${name} ends with this one. Set it in the step that needs it, or write it to a file.`,
          );
        }
      }
    },
  },
  {
    id: "native-exit-code",
    severity: "warning",
    demands: "After a program of its own PowerShell looks at $LASTEXITCODE.",
    source: awsPages.modules,
    check: ({ scripts }, report) => {
      for (const script of powerShell(scripts)) {
        if (!/\$ErrorActionPreference\s*=\s*["']?Stop/i.test(script.text)) continue;
        if (LOOKS_AT_CODE.test(script.text)) continue;
        const line = script.lines.find(({ text }) => NATIVE.test(bare(text)));
        if (!line) continue;
        report(
          rangeOf(line),
          "$ErrorActionPreference does not see the exit code of a program. Add: if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }.",
        );
      }
    },
  },
  {
    id: "check-cannot-fail",
    severity: "warning",
    demands: "A step of validate or test fails when what it checks is wrong.",
    source: awsPages.components,
    check: ({ scripts }, report) => {
      for (const script of scripts.filter(({ step }) => isCheck(step.phase.name))) {
        const hidden = script.shell === "bash" ? hiddenInBash(script) : hiddenInPowerShell(script);
        for (const line of hidden)
          report(rangeOf(line), "This check cannot fail: whatever is wrong, the step succeeds.");
      }
    },
  },
];

const setsErrexit = (text: string) =>
  /(^|\n|;|&&)[ \t\r"'-]*set\s+(-[a-z]*e|-o\s+errexit)|^#!.*\s-[a-z]*e/.test(text);

/** Lines of a check in bash after which nothing can make the step fail. */
function hiddenInBash({ lines, text }: StepScript): ScriptLine[] {
  const found = lines.filter((line) => {
    const command = bare(line.text);
    const end = bones(line.text).trimEnd().replace(/["']$/, "").trimEnd();
    return NEVER_FAILS.test(end) && !CLEANING.test(command) && !HARMLESS.test(command);
  });
  const last = lines.at(-1);
  if (!last || found.includes(last) || CAN_FAIL.test(text)) return found;
  const end = bare(last.text);
  if (/^(?:exit\s+0|true|:)\s*$/.test(end) && lines.length > 1 && !setsErrexit(text)) return [...found, last];
  // A choice whose branches only speak: `if ...; then echo yes; else echo no; fi`.
  if (/\bfi\s*$/.test(end)) {
    const from = lines.findLastIndex(({ text: line }) => /^if\b/.test(bare(line)));
    const block = lines.slice(from).flatMap((line) => bare(line.text).split(/;\s*/));
    const speaks = (part: string) =>
      /^(?:if|elif|then|else|fi|echo|printf|:)\b|^$/.test(part.replace(/^(?:then|else)\s+/, "").trim());
    const first = lines[from];
    if (
      from >= 0 &&
      first &&
      block.some((part) => /^(?:else|then)?\s*(?:echo|printf)\b/.test(part.trim())) &&
      block.every(speaks)
    )
      return [...found, first];
  }
  return found;
}

/** The same in PowerShell, where an error that is caught and only printed is gone. */
function hiddenInPowerShell({ lines, text }: StepScript): ScriptLine[] {
  if (/\bthrow\b|\bexit\s+\(?(?:[1-9]|\$)|Write-Error/i.test(text)) return [];
  const last = lines.at(-1);
  if (
    last &&
    /^exit\s+0\s*$/i.test(bare(last.text)) &&
    lines.length > 1 &&
    !/ErrorActionPreference\s*=\s*["']?Stop/i.test(text)
  )
    return [last];
  return lines.filter(({ text: line }) => /\bcatch\b/i.test(bones(line)));
}
