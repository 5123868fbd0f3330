import { referencePrefixes, refusedMetadata, resolvedIn } from "goldsmith-languages/component";
import { type AwstoePhase, isMapping } from "./document";

/**
 * What AWSTOE refuses of the references in inputs and loops: credentials of the instance, a `resolve()` that names
 * nothing, and a prefix without a name. References that lead nowhere are no error: they stay as they are written.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-user-defined-variables.html
 */
export function referenceProblems(phases: readonly AwstoePhase[], parameters: readonly string[]): string[] {
  return phases.flatMap((phase) =>
    phase.steps.flatMap(({ name, inputs, loop, condition }) =>
      [...textsIn([inputs, loop, condition])]
        .flatMap((text) => [...text.matchAll(/\{\{([^{}\n]+)\}\}/g)])
        .flatMap(([, inside = ""]) => problemOf(inside.trim(), parameters) ?? [])
        .map((reason) => `Parsing step '${name}' in phase '${phase.name}' failed. Error: ${reason}.`),
    ),
  );
}

function problemOf(reference: string, parameters: readonly string[]): string | undefined {
  const { imds, ssm, env, context } = referencePrefixes;
  const prefix = [imds, ssm, env, context].find((each) => reference.startsWith(each));
  if (!prefix) return undefined;
  const name = reference.slice(prefix.length).trim();
  if (name === "") return `the reference '${reference}' names nothing`;
  if (prefix === imds) {
    const [folder] = name.replace(/^\/+/, "").split("/");
    return refusedMetadata.some((refused) => refused === folder?.toLowerCase())
      ? `the metadata path '${name}' is not allowed`
      : undefined;
  }
  if (prefix !== ssm || !/\bresolve\b\s*\(/.test(name)) return undefined;
  const inner = resolvedIn(reference);
  if (inner === undefined || inner === "") return `the reference '${reference}' is not a valid resolve()`;
  if (inner.startsWith(ssm) && inner !== ssm) return undefined;
  return parameters.includes(inner)
    ? undefined
    : `resolve() takes a parameter of the document or an aws:ssm: reference, and '${inner}' is neither`;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (isMapping(value)) for (const item of Object.values(value)) yield* textsIn(item);
}
