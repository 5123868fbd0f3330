import {
  type ActionModule,
  actionModule,
  actionModules,
  awsPages,
  branchKeys,
  comparisonOperators,
  constantKeys,
  contextKeys,
  type DocumentKey,
  documentKeys,
  forEachKeys,
  forKeys,
  imageVariables,
  logicalOperators,
  loopKeys,
  type ModuleInput,
  type Platform,
  parameterKeys,
  phaseKeys,
  referencePrefixes,
  stepKeys,
} from "goldsmith-languages/component";
import { cursorContext } from "./cursor-context";
import { type DocumentModel, modelDocument } from "./document-model";
import { parseReference } from "./document-references";
import { either } from "./lint-rule";
import { parseDocument, parseLimitCharacters } from "./parse-document";

export interface Suggestion {
  label: string;
  kind: "key" | "module" | "value" | "reference";
  /** A few words beside the label. */
  detail: string;
  description: string;
  isRequired: boolean;
}

export interface Suggestions {
  from: number;
  /** Whether a colon must follow what is chosen. */
  areKeys: boolean;
  items: Suggestion[];
}

export interface Explanation {
  title: string;
  detail: string;
  description: string;
  link: string | null;
  from: number;
  to: number;
}

/** One key, whichever catalog it comes from. */
type KnownKey = Pick<DocumentKey, "name" | "type" | "description" | "link"> &
  Partial<Pick<DocumentKey, "required" | "default" | "values">>;

const operators: KnownKey[] = [
  ...comparisonOperators.map((operator) => ({ ...operator, type: operator.kind })),
  ...logicalOperators.map((operator) => ({ ...operator, type: "logic" })),
];
const operands: KnownKey[] = comparisonOperators
  .filter(({ name }) => name === "stringEquals" || name === "fileSHA256Equals")
  .map(({ second, link }) => ({
    name: second ?? "value",
    type: "text",
    link,
    description: second === "path" ? "The file whose hash is compared." : "What the operator looks at.",
  }));

const inputKey = (module: ActionModule, input: ModuleInput): KnownKey => ({ ...input, link: module.link });

/** The keys that can stand at a path, whatever they are called in AWSTOE's documents. */
function keysAt(path: string[], action: string | null): readonly KnownKey[] {
  const [top, , inner, ...rest] = path;
  if (top === undefined) return documentKeys;
  if (top === "parameters") return path.length === 2 ? parameterKeys : [];
  if (top === "constants") return path.length === 2 ? constantKeys : [];
  if (top !== "phases") return [];
  if (path.length === 1) return phaseKeys;
  if (path[1] !== "steps") return [];
  if (inner === undefined) return stepKeys;
  if (inner === "if")
    return rest.length === 0 ? [...operators, ...operands, ...branchKeys] : [...operators, ...operands];
  if (inner === "loop") {
    const [loop] = rest;
    return loop === undefined ? loopKeys : loop === "for" ? forKeys : loop === "forEach" ? forEachKeys : [];
  }
  const module = action === null ? undefined : actionModule(action);
  if (inner !== "inputs" || !module) return [];
  if (module.name === "Assert") return [...operators, ...operands];
  return rest.length > 0
    ? []
    : module.inputs.filter((input) => !input.undocumented).map((input) => inputKey(module, input));
}

const describeKey = (key: KnownKey) =>
  [key.type, key.required ? "required" : null, key.default === undefined ? null : `default ${key.default}`]
    .filter((part) => part !== null)
    .join(", ");

const keySuggestion = (key: KnownKey): Suggestion => ({
  label: key.name,
  kind: "key",
  detail: describeKey(key),
  description: key.description,
  isRequired: key.required === true,
});

const valueSuggestion = (label: string, description: string): Suggestion => ({
  label,
  kind: "value",
  detail: "",
  description,
  isRequired: false,
});

function valuesOf(path: string[], key: string | null, action: string | null, platform: Platform | undefined) {
  if (key === "action" && path[1] === "steps" && path.length === 2) {
    return actionModules
      .filter((module) => !platform || module.platforms.includes(platform))
      .map(
        (module): Suggestion => ({
          label: module.name,
          kind: "module",
          detail: module.platforms.join(", "),
          description: module.description,
          isRequired: false,
        }),
      );
  }
  const known = keysAt(path, action).find(({ name }) => name === key);
  const values = known?.values ?? (known?.type === "boolean" ? ["true", "false"] : []);
  return values
    .filter((value) => value.trim() !== "")
    .map((value) => valueSuggestion(value, known?.description ?? ""));
}

const runtimeReferences: Suggestion[] = [
  ...contextKeys.map(({ name, description }) => ({
    label: `${referencePrefixes.context}${name}`,
    description,
  })),
  ...imageVariables.map(({ name, description }) => ({
    label: `${referencePrefixes.env}${name}`,
    description,
  })),
  { label: `${referencePrefixes.ssm}/`, description: "A Parameter Store value, or a secret through it." },
  { label: `${referencePrefixes.imds}instance-id`, description: "The instance's metadata below meta-data/." },
].map((reference) => ({ ...reference, kind: "reference", detail: "on the instance", isRequired: false }));

/** What a `{{ }}` can name at an offset: variables, the loop of the step, and what ran before. */
function referencesAt(document: DocumentModel, offset: number): Suggestion[] {
  const step = document.steps.find(({ range }) => range[0] <= offset && offset <= range[1] + 1);
  const suggestion = (label: string, detail: string, description: string): Suggestion => ({
    label,
    kind: "reference",
    detail,
    description,
    isRequired: false,
  });
  const earlier = document.steps.filter(
    (other) =>
      other !== step &&
      other.name !== null &&
      other.range[0] < offset &&
      (!step || other.phase.stage === step.phase.stage),
  );
  return [
    ...document.variables.map(({ name, kind, value }) =>
      suggestion(name, kind, value === null ? "No default." : `Value: ${value}`),
    ),
    ...(step?.fields.some(({ key }) => key === "loop")
      ? ["index", "value"].map((member) =>
          suggestion(`${step.loopName ?? "loop"}.${member}`, "loop", `The ${member} of this turn.`),
        )
      : []),
    ...earlier.flatMap((other) =>
      (other.module?.outputs ?? []).map((output) =>
        suggestion(
          `${other.phase.name}.${other.name}.outputs.${output}`,
          other.action ?? "",
          "Known when it has run.",
        ),
      ),
    ),
    ...earlier.flatMap((other) =>
      other.inputGroups.flatMap(({ fields }, index) =>
        fields
          .filter(({ key }) => key !== "commands")
          .map(({ key }) => {
            const place = other.module?.shape === "list" ? `inputs[${index}]` : "inputs";
            return suggestion(`${other.phase.name}.${other.name}.${place}.${key}`, other.action ?? "", "");
          }),
      ),
    ),
    ...runtimeReferences,
  ];
}

/** What could be typed at an offset; null when nothing is known. Never throws. */
export function suggestAt(text: string, offset: number, platform?: Platform): Suggestions | null {
  const cursor = text.length > parseLimitCharacters ? null : cursorContext(text, offset);
  if (!cursor) return null;
  const { path, key, action, from, siblings } = cursor;
  if (cursor.kind === "reference") {
    // The open braces would spoil everything after them: close them for the reading.
    const closed = `${text.slice(0, from)} }}${text.slice(offset)}`;
    return { from, areKeys: false, items: referencesAt(modelDocument(parseDocument(closed)), from) };
  }
  if (cursor.kind === "value") return { from, areKeys: false, items: valuesOf(path, key, action, platform) };
  const items = keysAt(path, action).filter(({ name }) => !siblings.includes(name));
  return { from, areKeys: true, items: items.map(keySuggestion) };
}

/** What the word at an offset means; null when it means nothing to AWSTOE. Never throws. */
export function explainAt(text: string, offset: number): Explanation | null {
  if (text.length > parseLimitCharacters) return null;
  const reference = referenceAround(text, offset);
  if (reference) return reference;
  const word = wordAround(text, offset);
  if (!word) return null;
  const [from, to] = word;
  const name = text.slice(from, to);
  const cursor = cursorContext(text, to);
  if (!cursor || cursor.kind === "reference") return null;
  if (cursor.kind === "value") {
    const module = cursor.key === "action" ? actionModule(name) : undefined;
    if (!module) return null;
    const detail = `${either(module.platforms)}; inputs: ${module.inputs.map((input) => input.name).join(", ") || "none"}`;
    return { title: name, detail, description: module.description, link: module.link, from, to };
  }
  const known = keysAt(cursor.path, cursor.action).find((key) => key.name === name);
  if (!known) return null;
  const values = known.values && known.name !== "encoding" ? ` One of ${known.values.join(", ")}.` : "";
  return {
    title: name,
    detail: describeKey(known),
    description: known.description + (known.type === "boolean" || known.name === "delimiter" ? "" : values),
    link: known.link,
    from,
    to,
  };
}

function wordAround(text: string, offset: number): [number, number] | null {
  const before = /(?<![\w-])[\w-]*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0;
  const after = /^[\w-]*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
  return before + after === 0 ? null : [offset - before, offset + after];
}

function referenceAround(text: string, offset: number): Explanation | null {
  const open = text.lastIndexOf("{{", offset);
  const close = text.indexOf("}}", open);
  if (open === -1 || close === -1 || close + 2 < offset || close - open > 400) return null;
  const inside = text.slice(open + 2, close);
  const target = parseReference(inside);
  if (!target) return null;
  const document = modelDocument(parseDocument(text));
  const place = { title: inside.trim(), link: null, from: open, to: close + 2 };
  if (target.kind === "loop") {
    return { ...place, detail: "loop", description: `The ${target.member} of the current turn of the loop.` };
  }
  if (target.kind in referencePrefixes) {
    const known = [...contextKeys, ...imageVariables].find(
      ({ name }) => "name" in target && name === target.name,
    );
    const description = known?.description ?? "Known only on the instance, when the step begins.";
    return { ...place, detail: "on the instance", description, link: awsPages.variables };
  }
  if (target.kind === "variable") {
    const variable = document.variables.find(({ name }) => name === target.name);
    if (!variable) return null;
    const what = variable.kind === "parameter" ? "Default" : "Value";
    const description =
      variable.value === null ? "No default: the recipe gives the value." : `${what}: ${variable.value}`;
    return { ...place, detail: variable.kind, description };
  }
  if (target.kind !== "step") return null;
  const step = document.steps.find(
    (other) => other.phase.name === target.phase && other.name === target.step,
  );
  if (!step) return null;
  const description = `The ${target.side === "outputs" ? "output" : "input"} ${target.member} of step ${target.step}.`;
  return { ...place, detail: step.action ?? "", description };
}
