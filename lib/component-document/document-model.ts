import { type ActionModule, actionModule } from "goldsmith-languages/component";
import { isMap, type ParsedNode } from "yaml";
import {
  type Field,
  fieldsOf,
  itemsOf,
  type ParsedDocument,
  rangeOf,
  scalarText,
  scalarValue,
} from "./parse-document";
import type { SourceRange } from "./types";

/** Image Builder runs each stage on its own instance, so nothing crosses from one to the other. */
export type Stage = "build" | "test";

interface VariableModel {
  kind: "parameter" | "constant";
  name: string;
  nameRange: SourceRange;
  node: ParsedNode | null;
  fields: Field[];
  /** A constant's value or a parameter's default. */
  value: string | null;
}

export interface StepModel {
  name: string | null;
  /** The name as written, or the whole step when it has none. */
  nameRange: SourceRange;
  range: SourceRange;
  fields: Field[];
  action: string | null;
  actionRange: SourceRange;
  module: ActionModule | undefined;
  inputs: Field | undefined;
  /** One group for a map, one for each item of a list. */
  inputGroups: { fields: Field[]; range: SourceRange }[];
  loopName: string | null;
  phase: PhaseModel;
  /** Place in the phase, from 0. */
  index: number;
}

interface PhaseModel {
  name: string | null;
  nameRange: SourceRange;
  range: SourceRange;
  fields: Field[];
  /** Absent for phases that Image Builder never runs. */
  stage: Stage | undefined;
  steps: StepModel[];
  /** Place in the document, from 0. */
  index: number;
}

export interface DocumentModel {
  parsed: ParsedDocument;
  isMap: boolean;
  fields: Field[];
  variables: VariableModel[];
  phases: PhaseModel[];
  steps: StepModel[];
}

export const fieldNamed = (fields: readonly Field[], key: string) =>
  fields.find((field) => field.key === key);

const stages: Record<string, Stage> = {
  build: "build",
  validate: "build",
  test: "test",
  "container-host-test": "test",
};

const stageOf = (phase: string | null): Stage | undefined =>
  phase !== null && Object.hasOwn(stages, phase) ? stages[phase] : undefined;

/** Whether the steps of a phase are there to fail when something is wrong. */
export const isCheck = (phase: string | null) => phase !== "build" && stageOf(phase) !== undefined;

/** Whether what a step prints stays out of the log: the step, its phase or its document says so. */
export const isQuiet = (document: DocumentModel, step: StepModel) =>
  [document, step.phase, step].some(
    ({ fields }) => scalarValue(fieldNamed(fields, "disableLogging")?.node) === true,
  );

/** What the document says, as far as it can be told. Anything missing or misshapen is left out. */
export function modelDocument(parsed: ParsedDocument): DocumentModel {
  const fields = fieldsOf(parsed, parsed.root);
  const phases = (itemsOf(parsed, fieldNamed(fields, "phases")?.node) ?? [])
    .filter((node) => isMap(node))
    .map((node, index) => modelPhase(parsed, node, index));
  return {
    parsed,
    isMap: isMap(parsed.root),
    fields,
    variables: [
      ...modelVariables(parsed, fields, "parameter"),
      ...modelVariables(parsed, fields, "constant"),
    ],
    phases,
    steps: phases.flatMap((phase) => phase.steps),
  };
}

function modelVariables(parsed: ParsedDocument, fields: Field[], kind: VariableModel["kind"]) {
  const list = itemsOf(parsed, fieldNamed(fields, `${kind}s`)?.node) ?? [];
  return list.flatMap((item) =>
    fieldsOf(parsed, item).map((entry): VariableModel => {
      const inner = fieldsOf(parsed, entry.node);
      const value = scalarText(fieldNamed(inner, kind === "parameter" ? "default" : "value")?.node);
      return { kind, name: entry.key, nameRange: entry.keyRange, node: entry.node, fields: inner, value };
    }),
  );
}

function modelPhase(parsed: ParsedDocument, node: ParsedNode, index: number): PhaseModel {
  const fields = fieldsOf(parsed, node);
  const nameField = fieldNamed(fields, "name");
  const name = scalarText(nameField?.node);
  const range = rangeOf(node);
  const phase: PhaseModel = {
    name,
    nameRange: nameField?.range ?? range,
    range,
    fields,
    stage: stageOf(name),
    steps: [],
    index,
  };
  phase.steps = (itemsOf(parsed, fieldNamed(fields, "steps")?.node) ?? [])
    .filter((step) => isMap(step))
    .map((step, place) => modelStep(parsed, step, phase, place));
  return phase;
}

function modelStep(parsed: ParsedDocument, node: ParsedNode, phase: PhaseModel, index: number): StepModel {
  const fields = fieldsOf(parsed, node);
  const range = rangeOf(node);
  const nameField = fieldNamed(fields, "name");
  const actionField = fieldNamed(fields, "action");
  const action = scalarText(actionField?.node);
  const inputs = fieldNamed(fields, "inputs");
  const groups = itemsOf(parsed, inputs?.node) ?? [inputs?.node ?? null];
  const loop = fieldsOf(parsed, fieldNamed(fields, "loop")?.node);
  return {
    name: scalarText(nameField?.node),
    nameRange: nameField?.range ?? range,
    range,
    fields,
    action,
    actionRange: actionField?.range ?? range,
    module: action === null ? undefined : actionModule(action),
    inputs,
    inputGroups: groups
      .filter((group) => isMap(group))
      .map((group) => ({ fields: fieldsOf(parsed, group), range: rangeOf(group) })),
    loopName: scalarText(fieldNamed(loop, "name")?.node),
    phase,
    index,
  };
}

/** How messages name a step. */
export const stepLabel = (step: StepModel) =>
  step.name === null ? `step ${step.index + 1}` : `step ${step.name}`;
