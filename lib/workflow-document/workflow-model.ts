import { isMap, isScalar, isSeq } from "yaml";
import { type ParsedDocument, parseDocument } from "@/lib/component-document/parse-document";
import type { SourceRange } from "@/lib/component-document/types";

/** A key of a map; `text` is there when the value is a plain one. */
interface WorkflowField {
  key: string;
  keyRange: SourceRange;
  value: unknown;
  text?: string;
}

export interface WorkflowStep {
  /** As written, or "step 3". */
  name: string;
  action?: string;
  fields: WorkflowField[];
  range: SourceRange;
  line: number;
}

export interface WorkflowModel {
  parsed: ParsedDocument;
  /** Undefined when the document is no map. */
  fields: WorkflowField[] | undefined;
  /** Undefined when `steps` is no list. */
  steps: WorkflowStep[] | undefined;
}

/** The steps of a workflow document with their places in the text. Never throws. */
export function modelWorkflow(text: string): WorkflowModel {
  const parsed = parseDocument(text);
  const fields = fieldsIn(parsed, parsed.root);
  const list = parsed.resolve(fields?.find(({ key }) => key === "steps")?.value);
  if (!isSeq(list)) return { parsed, fields, steps: undefined };
  const steps = list.items.map((item, index) => {
    const node = parsed.resolve(item);
    const own = fieldsIn(parsed, node) ?? [];
    const from = node?.range?.[0] ?? 0;
    const textOf = (key: string) => own.find((field) => field.key === key)?.text;
    return {
      name: textOf("name") ?? `step ${index + 1}`,
      action: textOf("action"),
      fields: own,
      range: own[0]?.keyRange ?? ([from, from + 1] as const),
      line: parsed.positionAt(own[0]?.keyRange[0] ?? from).line,
    };
  });
  return { parsed, fields, steps };
}

function fieldsIn(parsed: ParsedDocument, value: unknown): WorkflowField[] | undefined {
  const node = parsed.resolve(value);
  if (!isMap(node)) return undefined;
  return node.items.flatMap((pair) => {
    const key = parsed.resolve(pair.key);
    if (!isScalar(key) || !key.range) return [];
    const resolved = parsed.resolve(pair.value);
    const text = isScalar(resolved) && resolved.value !== null ? String(resolved.value) : undefined;
    const keyRange = [key.range[0], key.range[1]] as const;
    return [{ key: String(key.value), keyRange, value: pair.value, ...(text !== undefined && { text }) }];
  });
}
