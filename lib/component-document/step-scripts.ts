import { isScalar, type ParsedNode } from "yaml";
import { type DocumentModel, fieldNamed, type StepModel } from "./document-model";
import { itemsOf, rangeOf, scalarText } from "./parse-document";

/** One logical line of a script: continued lines are joined, comments are left out. */
export interface ScriptLine {
  text: string;
  /** Where the line starts in the document. */
  from: number;
}

export interface StepScript {
  step: StepModel;
  shell: "bash" | "powershell";
  commands: (ParsedNode | null)[];
  lines: ScriptLine[];
  /** Everything the script says, without comments. */
  text: string;
}

const shells: Record<string, StepScript["shell"]> = { ExecuteBash: "bash", ExecutePowerShell: "powershell" };

/** The inline scripts of a document, as they are written in its text. */
export function stepScripts(document: DocumentModel): StepScript[] {
  return document.steps.flatMap((step) => {
    const shell = shells[step.module?.name ?? ""];
    const commands = itemsOf(
      document.parsed,
      fieldNamed(step.inputGroups[0]?.fields ?? [], "commands")?.node,
    );
    if (!shell || !commands) return [];
    const lines = commands.flatMap((command) => scriptLines(document.parsed.text, command, shell));
    return [{ step, shell, commands, lines, text: lines.map((line) => line.text).join("\n") }];
  });
}

function scriptLines(source: string, command: ParsedNode | null, shell: StepScript["shell"]): ScriptLine[] {
  if (!isScalar(command) || scalarText(command) === null) return [];
  const [start, end] = rangeOf(command);
  const continued = shell === "bash" ? /\\\s*$/ : /`\s*$/;
  const lines: ScriptLine[] = [];
  let at = start;
  let open: ScriptLine | null = null;
  for (const raw of source.slice(start, end).split("\n")) {
    const trimmed = raw.trim();
    const from = at + raw.indexOf(trimmed);
    at += raw.length + 1;
    if (trimmed === "" || trimmed.startsWith("#") || /^[|>][-+\d]*$/.test(trimmed)) continue;
    const text = trimmed.replace(continued, " ");
    if (open) open.text += ` ${text}`;
    else {
      open = { text, from };
      lines.push(open);
    }
    if (!continued.test(trimmed)) open = null;
  }
  return lines;
}
