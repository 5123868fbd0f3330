import { hash32 } from "../deterministic";
import type { ComponentInput } from "../types";
import type { ComponentRun, ComponentRunResult } from "./component-run";
import { parseComponentDocument } from "./parse-component-document";
import { runComponents } from "./run-components";

/** A machine that no component has run on. */
export const EMPTY_MACHINE: ReadonlyMap<string, string> = new Map();

/** So many builds of a recipe differ from each other in durations and temporary names; then they repeat. */
const VARIANTS = 8;
/** Of the messages of all runs that are kept. */
const MAX_CHARACTERS = 24_000_000;

/** Runs by all that went into them; "own" where the run of one build is no other's. */
const kept = new Map<string, { run: ComponentRunResult | "own"; characters: number }>();
let characters = 0;

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Tells apart objects that live as long as the run they went into. */
export function numberOf(object: object): number {
  const number = numbers.get(object) ?? ++lastNumber;
  numbers.set(object, number);
  return number;
}

/**
 * Runs components as `runComponents` does, seeded by one of a few variants instead of by the build itself:
 * interpreting scripts is most of the work of a build, and a history has thousands of builds of the same recipe.
 * What a run gives is shared, except where a command asks for what is the machine's own.
 */
export function shareComponentRun(run: Omit<ComponentRun, "key">, seed: string): ComponentRunResult {
  const {
    components,
    files,
    instanceId: _instance,
    imageId: _image,
    epochMs: _time,
    environment: _environment,
    documents = {},
    ...rest
  } = run;
  const nested = Object.entries(documents).map(([reference, text]) => [
    reference,
    text === null ? null : numberOf(parseComponentDocument(text)),
  ]);
  const variant = hash32(seed) % VARIANTS;
  const key = `${variant} ${numberOf(files)} ${JSON.stringify([nested, rest])} ${identityOf(components)}`;
  const known = kept.get(key);
  if (known && known.run !== "own") {
    kept.delete(key);
    kept.set(key, known);
    return known.run;
  }
  const result = runComponents({ ...run, key: `variant-${variant}/${run.phases[0]}` });
  if (!known) keep(key, result);
  return result;
}

const identities = new WeakMap<readonly ComponentInput[], string>();

/** Documents count by their parsed form, which is one for each text: texts are long. */
export function identityOf(components: readonly ComponentInput[]): string {
  const identity =
    identities.get(components) ??
    JSON.stringify(
      components.map(({ arn, document, parameters }) => [
        arn,
        numberOf(parseComponentDocument(document)),
        parameters,
      ]),
    );
  identities.set(components, identity);
  return identity;
}

function keep(key: string, result: ComponentRunResult): void {
  const messages = result.isOwn ? [] : result.lines;
  const size = messages.reduce((sum, { message }) => sum + message.length, key.length);
  kept.set(key, { run: result.isOwn ? "own" : result, characters: size });
  characters += size;
  for (const [oldest, { characters: freed }] of kept) {
    if (characters <= MAX_CHARACTERS || kept.size === 1) break;
    kept.delete(oldest);
    characters -= freed;
  }
}
