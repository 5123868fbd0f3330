import { isMap, isSeq, type ParsedNode } from "yaml";
import { ifCondition } from "./document-conditions";
import { type DocumentModel, fieldNamed, modelDocument, type Stage, type StepModel } from "./document-model";
import { parseReference, type ReferenceTarget, replaceReferences } from "./document-references";
import { fieldsOf, itemsOf, parseDocument, scalarText } from "./parse-document";
import type { ParameterValues } from "./types";

/** More turns of a loop than this are counted, not shown. */
export const shownTurns = 100;

export interface PlannedParameter {
  name: string;
  description: string | null;
  default: string | null;
  allowedValues: string[] | null;
}

/** One input, with its place in the inputs (`[0].source`, `commands[2]`) and references resolved. */
interface PlannedInput {
  path: string;
  text: string;
}

interface PlannedTurn {
  /** Absent for a step without a loop. */
  index: number | null;
  value: string | null;
  inputs: PlannedInput[];
}

export interface PlannedStep {
  name: string;
  action: string | null;
  from: number;
  line: number;
  onFailure: string;
  timeoutSeconds: string;
  maxAttempts: string;
  /** The condition as one line, references resolved; null for a step that always runs. */
  condition: string | null;
  turns: PlannedTurn[];
  /** How often the step runs; null when that is known only while it runs. */
  turnCount: number | null;
}

interface PlannedPhase {
  name: string;
  from: number;
  stage: Stage | undefined;
  steps: PlannedStep[];
}

export interface DocumentPlan {
  parameters: PlannedParameter[];
  phases: PlannedPhase[];
}

/**
 * What a document will do with these parameter values: phases and steps in the order they run, loops unrolled,
 * references resolved. Outputs are known only while a step runs, so references to them stay as written.
 * Never throws.
 */
export function planDocument(text: string, values: ParameterValues = {}): DocumentPlan {
  const document = modelDocument(parseDocument(text));
  const { parsed } = document;
  return {
    parameters: document.variables
      .filter((variable) => variable.kind === "parameter")
      .map((variable) => ({
        name: variable.name,
        description: scalarText(fieldNamed(variable.fields, "description")?.node),
        default: variable.value,
        allowedValues:
          itemsOf(parsed, fieldNamed(variable.fields, "allowedValues")?.node)?.flatMap(
            (item) => scalarText(item) ?? [],
          ) ?? null,
      })),
    phases: document.phases.map((phase) => ({
      name: phase.name ?? `phase ${phase.index + 1}`,
      from: phase.nameRange[0],
      stage: phase.stage,
      steps: phase.steps.map((step) => planStep(document, step, values)),
    })),
  };
}

interface Turn {
  index: number;
  value: string;
}

function planStep(document: DocumentModel, step: StepModel, values: ParameterValues): PlannedStep {
  const { parsed } = document;
  const setting = (key: string, fallback: string | number | null | undefined) =>
    scalarText(fieldNamed(step.fields, key)?.node) ?? String(fallback ?? "");
  const resolve = (text: string, turn: Turn | null) =>
    resolveText(document, text, { step, turn, values, depth: 0 });
  const turns = loopTurns(document, step, (text) => resolve(text, null));
  const condition = fieldNamed(step.fields, "if") && ifCondition(parsed, step);
  const [from] = step.nameRange;
  return {
    name: step.name ?? `step ${step.index + 1}`,
    action: step.action,
    from,
    line: parsed.positionAt(from).line,
    onFailure: setting("onFailure", "Abort"),
    timeoutSeconds: setting("timeoutSeconds", step.module?.fixedStepKeys?.timeoutSeconds ?? 7200),
    maxAttempts: setting("maxAttempts", 1),
    condition: condition
      ? flatten(document, fieldNamed(step.fields, "if")?.node ?? null, "")
          .map(({ path, text }) => `${path} ${resolve(text, null)}`.trim())
          .join(", ")
      : null,
    turns: (turns?.shown ?? [null]).map((turn) => ({
      index: turn?.index ?? null,
      value: turn?.value ?? null,
      inputs: flatten(document, step.inputs?.node ?? null, "").map((input) => ({
        path: input.path,
        text: resolve(input.text, turn),
      })),
    })),
    turnCount: turns === null ? 1 : turns.count,
  };
}

/** The turns of a step's loop; null for a step without one. */
function loopTurns(
  { parsed }: DocumentModel,
  step: StepModel,
  resolve: (text: string) => string,
): { shown: Turn[]; count: number | null } | null {
  const loop = fieldNamed(step.fields, "loop");
  if (!loop) return null;
  const fields = fieldsOf(parsed, loop.node);
  const counted = fieldNamed(fields, "for");
  if (counted) {
    const range = fieldsOf(parsed, counted.node);
    const [start, end, step] = ["start", "end", "updateBy"].map((key) => {
      const text = scalarText(fieldNamed(range, key)?.node);
      return text !== null && /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN;
    }) as [number, number, number];
    const count = Math.floor((end - start) / step) + 1;
    if (!Number.isFinite(count)) return { shown: [], count: null };
    const shown = Array.from({ length: Math.min(Math.max(count, 0), shownTurns) }, (_, index) => ({
      index,
      value: String(start + index * step),
    }));
    return { shown, count: Math.max(count, 0) };
  }
  const listed = fieldNamed(fields, "forEach")?.node;
  const texts = isSeq(listed)
    ? (itemsOf(parsed, listed) ?? []).map((item) => resolve(scalarText(item) ?? ""))
    : splitList(
        resolve(scalarText(fieldNamed(fieldsOf(parsed, listed), "list")?.node) ?? ""),
        scalarText(fieldNamed(fieldsOf(parsed, listed), "delimiter")?.node) ?? ",",
      );
  const pending = !isSeq(listed) && texts.some((text) => text.includes("{{"));
  return {
    shown: texts.slice(0, shownTurns).map((value, index) => ({ index, value })),
    count: pending ? null : texts.length,
  };
}

const splitList = (list: string, delimiter: string) =>
  list.includes("{{") ? [list] : list.split(delimiter.replace("\\n", "\n").replace("\\t", "\t"));

interface Scope {
  step: StepModel;
  turn: Turn | null;
  values: ParameterValues;
  /** Inputs may refer to inputs that refer to inputs: each step back is one deeper. */
  depth: number;
}

function resolveText(document: DocumentModel, text: string, scope: Scope): string {
  return replaceReferences(text, (target) => referenceValue(document, target, scope));
}

function referenceValue(document: DocumentModel, target: ReferenceTarget, scope: Scope): string | null {
  const { step, turn, values } = scope;
  if (target.kind === "variable") {
    const variable = document.variables.find(({ name }) => name === target.name);
    if (!variable) return null;
    if (variable.kind === "parameter" && Object.hasOwn(values, target.name))
      return values[target.name] ?? null;
    return variable.value;
  }
  if (target.kind === "loop") {
    if (!turn || (target.name !== "loop" && target.name !== step.loopName)) return null;
    return target.member === "index" ? String(turn.index) : turn.value;
  }
  // Only the instance knows it.
  if (target.kind !== "step") return null;
  if (target.side === "outputs" || scope.depth >= 5) return null;
  const other = document.steps.find(
    (candidate) => candidate.phase.name === target.phase && candidate.name === target.step,
  );
  const group = other?.inputGroups[target.index ?? 0];
  const given = scalarText(fieldNamed(group?.fields ?? [], target.member)?.node);
  if (given === null || !other || fieldNamed(other.fields, "loop")) return null;
  return resolveText(document, given, { ...scope, step: other, turn: null, depth: scope.depth + 1 });
}

/** Every text below a node with its path. */
function flatten(document: DocumentModel, node: ParsedNode | null, path: string, depth = 0): PlannedInput[] {
  const { parsed } = document;
  if (depth > 12) return [];
  if (isMap(node)) {
    return fieldsOf(parsed, node).flatMap((field) =>
      flatten(document, field.node, path === "" ? field.key : `${path}.${field.key}`, depth + 1),
    );
  }
  const items = itemsOf(parsed, node);
  if (items) return items.flatMap((item, index) => flatten(document, item, `${path}[${index}]`, depth + 1));
  const text = scalarText(node);
  return text === null ? [] : [{ path, text }];
}

/** Whether a piece of planned text still waits for a value that only a running step can give. */
export const isPending = (text: string) => {
  const inside = /\{\{([^{}\n]{1,400})\}\}/.exec(text)?.[1];
  return inside !== undefined && parseReference(inside) !== null;
};
