import {
  constantKeys,
  type DocumentKey,
  documentKeys,
  documentName,
  parameterKeys,
  phaseKeys,
  runnablePhases,
} from "goldsmith-languages/component";
import { LineCounter, parseDocument } from "yaml";
import { rememberByText } from "../remember";
import type { DocumentProblem, Platform } from "../types";
import { type AwstoeDocument, type AwstoePhase, isMapping, type Mapping, scalarText } from "./document";
import { readStep } from "./read-step";
import { referenceProblems } from "./reference-problems";

export type ParsedDocument =
  | { ok: true; document: AwstoeDocument }
  | { ok: false; problems: DocumentProblem[] };

/** The keys of a map that AWSTOE does not know, and `disableLogging` that is neither true nor false. */
function keyProblems(map: Mapping, keys: readonly DocumentKey[]): string[] {
  const unknown = Object.keys(map).filter((key) => !keys.some(({ name }) => name === key));
  const problems = unknown.map((key) => `unknown property '${key}'`);
  const quiet = map.disableLogging;
  if (quiet !== undefined && typeof quiet !== "boolean")
    problems.push("'disableLogging' must be true or false");
  return problems;
}

/**
 * Reads a component document (YAML or JSON) as `awstoe validate` does. With a platform, actions that do
 * not run there are refused too. The problems are in the order of the text; none means a document.
 */
export function parseComponentDocument(text: string, platform?: Platform): ParsedDocument {
  return READERS[platform ?? "any"](text);
}

const READERS = {
  any: rememberByText((text) => readText(text, undefined)),
  Linux: rememberByText((text) => readText(text, "Linux")),
  Windows: rememberByText((text) => readText(text, "Windows")),
  macOS: rememberByText((text) => readText(text, "macOS")),
};

function readText(text: string, platform: Platform | undefined): ParsedDocument {
  const lines = new LineCounter();
  const parsed = parseYaml(text, lines);
  if (!parsed) return { ok: false, problems: [{ message: "yaml: the document is nested too deeply" }] };
  // A tag such as CloudFormation's !Sub has no meaning here; yaml only warns of it.
  const faults = [
    ...parsed.errors,
    ...parsed.warnings.filter((warning) => warning.code === "TAG_RESOLVE_FAILED"),
  ];
  const fault = faults.sort((one, other) => one.pos[0] - other.pos[0])[0];
  if (fault) {
    const line = lines.linePos(fault.pos[0]).line;
    const message = `yaml: line ${line}: ${fault.message.split("\n")[0] ?? "syntax error"}`;
    return { ok: false, problems: [{ message, line }] };
  }
  const problems: string[] = [];
  const document = readDocument(plainValue(parsed), platform, problems);
  if (!document || problems.length > 0) {
    return { ok: false, problems: problems.map((message) => ({ message })) };
  }
  return { ok: true, document };
}

/** Undefined for text nested deeper than the stack. */
function parseYaml(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  } catch {
    return undefined;
  }
}

function plainValue(parsed: ReturnType<typeof parseDocument>): unknown {
  try {
    return parsed.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function readDocument(
  value: unknown,
  platform: Platform | undefined,
  problems: string[],
): AwstoeDocument | undefined {
  if (!isMapping(value)) {
    problems.push("The document is empty or is not a map of keys and values.");
    return undefined;
  }
  for (const problem of keyProblems(value, documentKeys))
    problems.push(`The document has an error: ${problem}.`);
  const version = scalarText(value.schemaVersion);
  if (version === undefined)
    problems.push("The document has no 'schemaVersion'; it requires schemaVersion 1.0.");
  else if (!/^1(\.0)?$/.test(version)) {
    problems.push(`The schemaVersion '${version}' is not supported. Supported schema versions: 1.0.`);
  }
  const names = new Set<string>();
  const declared = readVariables(value.parameters, "parameter", names, problems);
  for (const { name, body } of declared) {
    if (body.default !== undefined && scalarText(body.default) === undefined)
      problems.push(`The parameter '${name}' has a 'default' that is not a string.`);
  }
  const parameters = declared.map(({ name, body }) => ({
    name,
    type: scalarText(body.type) ?? "string",
    ...(body.default === undefined
      ? {}
      : { default: scalarText(body.default) ?? JSON.stringify(body.default) }),
    ...(body.description === undefined ? {} : { description: scalarText(body.description) ?? "" }),
  }));
  const constants = readVariables(value.constants, "constant", names, problems).map(({ name, body }) => {
    const constant = scalarText(body.value);
    if (constant === undefined) problems.push(`The constant '${name}' has no 'value'; it requires a string.`);
    return { name, value: constant ?? "" };
  });
  const phases = readPhases(value.phases, platform, problems);
  problems.push(
    ...referenceProblems(
      phases,
      parameters.map(({ name }) => name),
    ),
  );
  return {
    ...(value.name === undefined ? {} : { name: scalarText(value.name) ?? "" }),
    ...(value.description === undefined ? {} : { description: scalarText(value.description) ?? "" }),
    parameters,
    constants,
    phases: value.disableLogging === true ? phases.map(quietPhase) : phases,
  };
}

const KEYS_OF = { parameter: parameterKeys, constant: constantKeys };

const quietPhase = (phase: AwstoePhase): AwstoePhase => ({
  ...phase,
  steps: phase.steps.map((step) => ({ ...step, disableLogging: true })),
});

function readVariables(
  value: unknown,
  word: "parameter" | "constant",
  names: Set<string>,
  problems: string[],
): { name: string; body: Mapping }[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problems.push(`'${word}s' must be a list of ${word}s.`);
    return [];
  }
  const found: { name: string; body: Mapping }[] = [];
  for (const entry of value) {
    const pairs = isMapping(entry) ? Object.entries(entry) : [];
    const [name, body] = pairs[0] ?? [];
    if (pairs.length !== 1 || name === undefined || !isMapping(body)) {
      problems.push(`Each ${word} must be a map from one name to its properties.`);
      continue;
    }
    if (!documentName.pattern.test(name)) {
      problems.push(`The ${word} name '${name}' is not valid. Names have ${documentName.words}.`);
    }
    for (const key of Object.keys(body)) {
      if (!KEYS_OF[word].some((known) => known.name === key))
        problems.push(`The ${word} '${name}' has an unknown property '${key}'.`);
    }
    if (names.has(name)) problems.push(`The name '${name}' is used by more than one parameter or constant.`);
    names.add(name);
    if (body.type !== "string") {
      problems.push(`The type of ${word} '${name}' is not supported. Supported types: string.`);
    }
    found.push({ name, body });
  }
  return found;
}

function readPhases(value: unknown, platform: Platform | undefined, problems: string[]): AwstoePhase[] {
  if (!Array.isArray(value) || value.length === 0) {
    problems.push("Document has 0 phases. Phases list must not be empty.");
    return [];
  }
  const seen = new Set<string>();
  const phases: AwstoePhase[] = [];
  for (const entry of value) {
    const name = isMapping(entry) ? scalarText(entry.name) : undefined;
    if (!isMapping(entry) || !name) {
      problems.push("Each phase requires a 'name'.");
      continue;
    }
    if (seen.has(name)) problems.push(`The phase '${name}' is defined more than once.`);
    seen.add(name);
    if (!documentName.pattern.test(name))
      problems.push(`The phase name '${name}' is not valid. Names have ${documentName.words}.`);
    for (const problem of keyProblems(entry, phaseKeys))
      problems.push(`Parsing phase '${name}' failed. Error: ${problem}.`);
    if (!Array.isArray(entry.steps) || entry.steps.length === 0) {
      problems.push(
        `Parsing phase '${name}' failed. Error: the phase has no steps; it requires at least one step.`,
      );
      continue;
    }
    const stepNames = new Set<string>();
    const steps = entry.steps.flatMap((step) => {
      const read = readStep(step, name, stepNames, platform, problems);
      return read ? [read] : [];
    });
    const phase = { name, steps };
    phases.push(entry.disableLogging === true ? quietPhase(phase) : phase);
  }
  if (phases.length > 0 && !phases.some((phase) => runnablePhases.some((name) => name === phase.name))) {
    problems.push("The document has none of the phases build, validate and test.");
  }
  return phases;
}
