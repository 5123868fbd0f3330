import { isMapping } from "./document";
import { lookUpAtRuntime, type RuntimePlace } from "./runtime-references";

/** What `{{ }}` can lead to at one moment of a run. */
export interface References {
  /** Parameters, constants and the loop's index and value, by name. */
  names: ReadonlyMap<string, string>;
  /** Inputs and outputs of the steps so far, by `phase.step`. */
  steps: ReadonlyMap<string, { inputs: unknown; outputs: Readonly<Record<string, string>> }>;
  /** Absent outside of a run: references to the instance stay as they are written. */
  place?: RuntimePlace;
}

const REFERENCE = /\{\{\s*([^{}]+?)\s*\}\}/g;
const STEP = /^([^.]+)\.(.+)\.(inputs|outputs)((?:\[\d+\])?(?:\.[\w-]+(?:\[\d+\])?)*)$/;

/** Fills in every reference that leads somewhere; the others stay as they are written, as AWSTOE leaves them. */
export function resolveText(text: string, references: References): string {
  return text.replaceAll(REFERENCE, (whole, name: string) => lookUp(name, references) ?? whole);
}

function lookUp(name: string, references: References): string | undefined {
  const own = references.names.get(name);
  if (own !== undefined) return own;
  const runtime = references.place && lookUpAtRuntime(name, references.names, references.place);
  if (runtime !== undefined) return runtime;
  const [, phase, step, side, path = ""] = STEP.exec(name) ?? [];
  const known = phase && step ? references.steps.get(`${phase}.${step}`) : undefined;
  if (!known) return undefined;
  let value: unknown = side === "inputs" ? known.inputs : known.outputs;
  for (const part of path.match(/[\w-]+/g) ?? []) {
    if (Array.isArray(value)) value = value[Number(part)];
    else value = isMapping(value) ? value[part] : undefined;
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** The same for inputs of any shape. */
export function resolveValue(value: unknown, references: References): unknown {
  if (typeof value === "string") return resolveText(value, references);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, references));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveValue(item, references)]),
  );
}
