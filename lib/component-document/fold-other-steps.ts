import { modelDocument } from "./document-model";
import { parseDocument } from "./parse-document";
import type { SourceRange } from "./types";

/**
 * What to fold so that one step is left to read: of every other step what follows its first line. Nothing where no
 * step has the name. Offsets into `text`; never throws.
 */
export function foldsBeside(text: string, stepName: string): SourceRange[] {
  const steps = modelDocument(parseDocument(text)).phases.flatMap((phase) => phase.steps);
  if (!steps.some(({ name }) => name === stepName)) return [];
  return steps.flatMap(({ name, range: [start, end] }): SourceRange[] => {
    if (name === stepName) return [];
    const lineEnd = text.indexOf("\n", start);
    // A range may reach to the line of what follows: the last text of its own is what counts.
    const last = start + text.slice(start, end).trimEnd().length;
    return lineEnd === -1 || lineEnd >= last ? [] : [[lineEnd, last]];
  });
}
