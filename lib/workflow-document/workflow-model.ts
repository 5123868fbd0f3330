import { isMap } from "yaml";
import {
  type Field,
  fieldsOf,
  itemsOf,
  type ParsedDocument,
  parseDocument,
  rangeOf,
  scalarText,
} from "@/lib/component-document/parse-document";
import type { SourceRange } from "@/lib/component-document/types";

export interface WorkflowStep {
  /** As written, or "step 3". */
  name: string;
  action?: string;
  fields: Field[];
  range: SourceRange;
  line: number;
}

/** A parameter or an output. */
export interface WorkflowEntry {
  name: string | null;
  fields: Field[];
  range: SourceRange;
}

export interface WorkflowModel {
  parsed: ParsedDocument;
  /** Undefined when the document is no map. */
  fields: Field[] | undefined;
  /** Undefined when `steps` is no list. */
  steps: WorkflowStep[] | undefined;
  parameters: WorkflowEntry[];
  outputs: WorkflowEntry[];
}

export const workflowField = (fields: readonly Field[] | undefined, key: string) =>
  fields?.find((field) => field.key === key);

/** The steps of a workflow document with their places in the text. Never throws. */
export function modelWorkflow(text: string): WorkflowModel {
  const parsed = parseDocument(text);
  const fields = isMap(parsed.root) ? fieldsOf(parsed, parsed.root) : undefined;
  const entries = (key: string): WorkflowEntry[] =>
    (itemsOf(parsed, workflowField(fields, key)?.node) ?? []).map((node) => {
      const own = fieldsOf(parsed, node);
      return {
        name: scalarText(workflowField(own, "name")?.node),
        fields: own,
        range: own[0]?.keyRange ?? (node ? rangeOf(node) : [0, 1]),
      };
    });
  const listed = itemsOf(parsed, workflowField(fields, "steps")?.node);
  const steps = listed?.map((node, index): WorkflowStep => {
    const own = fieldsOf(parsed, node);
    const from = own[0]?.keyRange[0] ?? node?.range[0] ?? 0;
    const action = scalarText(workflowField(own, "action")?.node);
    return {
      name: scalarText(workflowField(own, "name")?.node) ?? `step ${index + 1}`,
      ...(action !== null && { action }),
      fields: own,
      range: own[0]?.keyRange ?? ([from, from + 1] as const),
      line: parsed.positionAt(from).line,
    };
  });
  return {
    parsed,
    fields,
    steps: listed ? steps : undefined,
    parameters: entries("parameters"),
    outputs: entries("outputs"),
  };
}
