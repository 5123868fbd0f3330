import { isScalar, type ParsedNode } from "yaml";
import {
  fieldsOf,
  itemsOf,
  type ParsedDocument,
  rangeOf,
  scalarText,
} from "@/lib/component-document/parse-document";
import type { SourceRange } from "@/lib/component-document/types";

/** A text somewhere in a value, with the key that it stands under. */
export interface PlacedText {
  /** Of an item of a list, the list's. */
  key: string;
  keyRange: SourceRange;
  text: string;
  range: SourceRange;
  isItem: boolean;
}

/** A whole value that is a reference: `$.stepOutputs.Launch.instanceId`. */
export const wholeReference = /^\s*\$\.[A-Za-z]/;
/** A reference inside a text, with the spaces after it: `{{ $.stepOutputs.Launch.instanceId }}`. */
export const embeddedReference = /\{\{\s*(\$\.[^{}]*)\}\}/g;

/** Every text below a node, maps and lists followed. */
export function* textsBelow(
  parsed: ParsedDocument,
  node: ParsedNode | null,
  under: Pick<PlacedText, "key" | "keyRange">,
  depth = 0,
): Generator<PlacedText> {
  if (depth > 12) return;
  const items = itemsOf(parsed, node);
  for (const item of items ?? []) {
    const text = scalarText(item);
    if (text !== null && isScalar(item)) yield { ...under, text, range: rangeOf(item), isItem: true };
    else yield* textsBelow(parsed, item, under, depth + 1);
  }
  for (const { key, keyRange, node: value, range } of fieldsOf(parsed, node)) {
    const text = scalarText(value);
    if (text !== null) yield { key, keyRange, text, range, isItem: false };
    else yield* textsBelow(parsed, value, { key, keyRange }, depth + 1);
  }
}
