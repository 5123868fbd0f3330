import { referencePrefixes } from "goldsmith-languages/component";
import { isScalar, type ParsedNode } from "yaml";
import type { DocumentModel, StepModel } from "./document-model";
import { rangeOf, walk } from "./parse-document";
import type { SourceRange } from "./types";

/** What stands between `{{` and `}}`. Anything that AWSTOE would not look up is not a reference. */
export type ReferenceTarget =
  | { kind: "variable"; name: string }
  | { kind: "loop"; name: string; member: string }
  | {
      kind: "step";
      phase: string;
      step: string;
      side: "inputs" | "outputs";
      index: number | null;
      member: string;
    }
  /** What is known only where the document runs: `aws:ssm:`, `aws:imds:`, `env:`, `context:`. */
  | { kind: keyof typeof referencePrefixes; name: string };

export interface Reference {
  text: string;
  range: SourceRange;
  target: ReferenceTarget;
}

const prefixes = Object.entries(referencePrefixes) as [keyof typeof referencePrefixes, string][];
const braces = /\{\{([^{}\n]{1,400})\}\}/g;
const variable = /^[A-Za-z0-9_-]+$/;
const loopMember = /^([A-Za-z0-9_-]+)\.(index|value)$/;
const stepMember = /^([^.\s]+)\.(.+)\.(inputs|outputs)(?:\[(\d+)\])?\.([A-Za-z0-9_-]+)((?:[.[].*)?)$/;

export function parseReference(inside: string): ReferenceTarget | null {
  const text = inside.trim();
  if (variable.test(text)) return { kind: "variable", name: text };
  const prefix = prefixes.find(([, start]) => text.startsWith(start));
  if (prefix) return { kind: prefix[0], name: text.slice(prefix[1].length).trim() };
  const loop = loopMember.exec(text);
  if (loop) return { kind: "loop", name: loop[1] ?? "", member: loop[2] ?? "" };
  const step = stepMember.exec(text);
  if (!step) return null;
  const [, phase = "", name = "", side, index, member = ""] = step;
  return {
    kind: "step",
    phase,
    step: name,
    side: side === "inputs" ? "inputs" : "outputs",
    index: index === undefined ? null : Number(index),
    member,
  };
}

/** The references in a piece of text, with offsets from `start`. */
function referencesIn(text: string, start = 0): Reference[] {
  const found: Reference[] = [];
  for (const match of text.matchAll(braces)) {
    const target = parseReference(match[1] ?? "");
    const from = start + match.index;
    if (target) found.push({ text: match[0], range: [from, from + match[0].length], target });
  }
  return found;
}

/** The references in all scalars below a node: a reference is written in the text as it is read. */
export function referencesBelow(source: string, node: ParsedNode | null): Reference[] {
  const found: Reference[] = [];
  for (const scalar of walk(node)) {
    if (!isScalar(scalar)) continue;
    const [from, to] = rangeOf(scalar);
    if (to - from < 5) continue;
    found.push(...referencesIn(source.slice(from, to), from));
  }
  return found;
}

/** Replaces each reference by what `value` gives; null leaves it as it is, as AWSTOE does. */
export function replaceReferences(text: string, value: (target: ReferenceTarget) => string | null): string {
  return text.replace(braces, (whole, inside: string) => {
    const target = parseReference(inside);
    return (target && value(target)) ?? whole;
  });
}

/** The keys of a step in which AWSTOE resolves references. */
export const resolvedKeys: ReadonlySet<string> = new Set(["inputs", "loop", "if"]);

/** Every reference that AWSTOE resolves, with the step it stands in. */
export function stepReferencesIn({ parsed, steps }: DocumentModel): [Reference, StepModel][] {
  return steps.flatMap((step) =>
    step.fields
      .filter(({ key }) => resolvedKeys.has(key))
      .flatMap(({ node }) => referencesBelow(parsed.text, node))
      .map((reference): [Reference, StepModel] => [reference, step]),
  );
}
