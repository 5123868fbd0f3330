import { fieldNamed, modelDocument, type Stage } from "./document-model";
import { parseDocument } from "./parse-document";

interface OutlineStep {
  name: string;
  action: string | null;
  from: number;
  line: number;
  isLoop: boolean;
  isConditional: boolean;
}

export interface OutlinePhase {
  name: string;
  /** Absent for phases that Image Builder never runs. */
  stage: Stage | undefined;
  from: number;
  line: number;
  steps: OutlineStep[];
}

/** The phases and steps of a document with their places in the text. Never throws. */
export function outlineDocument(text: string): OutlinePhase[] {
  const parsed = parseDocument(text);
  const place = (from: number) => ({ from, line: parsed.positionAt(from).line });
  return modelDocument(parsed).phases.map((phase) => ({
    name: phase.name ?? `phase ${phase.index + 1}`,
    stage: phase.stage,
    ...place(phase.nameRange[0]),
    steps: phase.steps.map((step) => ({
      name: step.name ?? `step ${step.index + 1}`,
      action: step.action,
      ...place(step.nameRange[0]),
      isLoop: fieldNamed(step.fields, "loop") !== undefined,
      isConditional: fieldNamed(step.fields, "if") !== undefined,
    })),
  }));
}

/** Image Builder's own inference: a document whose only phase is test is a TEST component. */
export function componentTypeOf(text: string): "BUILD" | "TEST" {
  const { phases } = modelDocument(parseDocument(text));
  return phases.length === 1 && phases[0]?.name === "test" ? "TEST" : "BUILD";
}
