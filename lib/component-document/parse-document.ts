import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument as parseYaml,
  type YAMLError,
} from "yaml";
import type { SourceRange } from "./types";

/** Beyond this nobody reads a document, and AWS takes none: it is not parsed. */
export const parseLimitCharacters = 512 * 1024;

/** The most values that aliases may add: every reader of a document follows them. */
const MOST_ALIASED_VALUES = 10_000;

export interface ParsedDocument {
  text: string;
  format: "yaml" | "json";
  /** Absent when there is nothing to work with: empty text, or text that is no YAML at all. */
  root: ParsedNode | null;
  problems: readonly SyntaxProblem[];
  /** Where an offset is, both counted from 1. */
  positionAt(offset: number): { line: number; column: number };
  /** The node itself, or the node that an alias stands for. */
  resolve(node: unknown): ParsedNode | null;
}

export interface SyntaxProblem {
  kind: "syntax" | "tab" | "tag" | "too-long" | "too-deep" | "too-many-aliases";
  message: string;
  range: SourceRange;
}

/** One key of a map with its value; `range` is the value's, or the key's when there is no value. */
export interface Field {
  key: string;
  keyRange: SourceRange;
  node: ParsedNode | null;
  range: SourceRange;
}

/**
 * Reads YAML or JSON (which is YAML) and keeps where everything is. Never throws: what cannot be read is in
 * `problems`.
 */
export function parseDocument(text: string): ParsedDocument {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  const parsed: Omit<ParsedDocument, "root" | "problems"> = {
    text,
    format: /^\s*[{[]/.test(text) ? "json" : "yaml",
    positionAt: (offset) => positionIn(lineStarts, Math.min(Math.max(offset, 0), text.length)),
    resolve: (node) => (isAlias(node) || !isNode(node) ? null : node),
  };
  if (text.length > parseLimitCharacters) {
    const message = `The text has ${text.length.toLocaleString("en")} characters, more than can be read.`;
    return { ...parsed, root: null, problems: [{ kind: "too-long", message, range: [0, 1] }] };
  }
  let document: Document.Parsed;
  try {
    // AWSTOE reads YAML with merge keys; duplicate keys are found by a rule that knows where both are.
    document = parseYaml(text, { prettyErrors: false, uniqueKeys: false, merge: true });
  } catch {
    // The parser calls itself for each level, so brackets by the thousand exhaust the stack.
    const message = "The document is nested too deeply to be read.";
    return { ...parsed, root: null, problems: [{ kind: "too-deep", message, range: [0, text.length] }] };
  }
  const root = document.contents;
  const anchors = anchorsOf(root);
  const added = valuesAddedByAliases(root, anchors);
  if (added > MOST_ALIASED_VALUES) {
    const message = Number.isFinite(added)
      ? `Aliases repeat so much that the document can't be checked: more than ${MOST_ALIASED_VALUES.toLocaleString("en")} values.`
      : "An alias stands within what it stands for.";
    return { ...parsed, root: null, problems: [{ kind: "too-many-aliases", message, range: [0, 1] }] };
  }
  return {
    ...parsed,
    root,
    problems: [...document.errors, ...document.warnings].map((error) => syntaxProblem(error, text)),
    resolve: (node) => {
      const target = isAlias(node) ? anchors.get(node.source) : node;
      return isNode(target) && !isAlias(target) ? target : null;
    },
  };
}

function positionIn(lineStarts: readonly number[], offset: number) {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

const isNode = (node: unknown): node is ParsedNode =>
  isMap(node) || isSeq(node) || isScalar(node) || isAlias(node);

function anchorsOf(root: ParsedNode | null) {
  const anchors = new Map<string, ParsedNode>();
  for (const node of walk(root)) if (!isAlias(node) && node.anchor) anchors.set(node.anchor, node);
  return anchors;
}

/**
 * How many values somebody meets who follows every alias, beyond those that are written; infinitely many where an alias
 * stands within what it stands for. Each value is looked at once.
 */
function valuesAddedByAliases(root: ParsedNode | null, anchors: ReadonlyMap<string, ParsedNode>): number {
  if (anchors.size === 0) return 0;
  const sizes = new Map<ParsedNode, number>();
  const under = new Set<ParsedNode>();
  const below = (node: ParsedNode): ParsedNode[] => {
    if (isAlias(node)) return [anchors.get(node.source)].filter(isNode);
    if (isSeq(node)) return node.items.filter(isNode);
    return isMap(node) ? node.items.flatMap(({ key, value }) => [key, value].filter(isNode)) : [];
  };
  const stack = isNode(root) ? [root] : [];
  let written = 0;
  for (let node = stack.at(-1); node; node = stack.at(-1)) {
    const inner = sizes.has(node) ? [] : below(node);
    if (!under.has(node) && !sizes.has(node)) {
      under.add(node);
      const open = inner.filter((one) => !sizes.has(one));
      if (open.some((one) => under.has(one))) return Number.POSITIVE_INFINITY;
      if (!isAlias(node)) written += 1;
      stack.push(...open);
      continue;
    }
    if (!sizes.has(node)) {
      const own = isAlias(node) ? 0 : 1;
      sizes.set(
        node,
        inner.reduce((sum, one) => sum + (sizes.get(one) ?? 0), own),
      );
    }
    under.delete(node);
    stack.pop();
  }
  return (sizes.get(root as ParsedNode) ?? 0) - written;
}

/** All nodes below and including this one, in the order of the text. Aliases are not followed. */
export function* walk(root: unknown): Generator<ParsedNode> {
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (!isNode(node)) continue;
    yield node;
    if (isMap(node)) for (const pair of node.items.toReversed()) stack.push(pair.value, pair.key);
    if (isSeq(node)) stack.push(...node.items.toReversed());
  }
}

const plainWords: Partial<Record<YAMLError["code"], string>> = {
  BAD_INDENT: "The indentation is wrong: keys of one map must start in the same column.",
  MULTIPLE_DOCS: "The file holds more than one document. Image Builder reads only one.",
  MISSING_CHAR: "A quote, bracket or comma is missing.",
  BLOCK_AS_IMPLICIT_KEY: "A key cannot span lines. Is the line before it indented as you mean it?",
  UNEXPECTED_TOKEN: "This is not YAML.",
  MULTILINE_IMPLICIT_KEY: "A key must be on one line. Is a colon or a line break missing?",
};

function syntaxProblem(error: YAMLError, text: string): SyntaxProblem {
  const [from, to] = error.pos;
  const range: SourceRange = [Math.min(from, text.length), Math.min(Math.max(to, from + 1), text.length)];
  const detail = error.message.split("\n")[0]?.trim() ?? "";
  if (error.code === "TAB_AS_INDENT") {
    return { kind: "tab", message: "YAML does not allow tabs for indentation. Use spaces.", range };
  }
  if (error.code === "TAG_RESOLVE_FAILED") {
    const tag = /![^\s:,]*/.exec(detail)?.[0] ?? "This tag";
    const message = `${tag} means nothing to AWSTOE. CloudFormation's functions work only around the document.`;
    return { kind: "tag", message, range };
  }
  const plain = plainWords[error.code];
  const message = plain ? `${plain} (${detail})` : detail;
  return { kind: "syntax", message, range };
}

export const rangeOf = (node: ParsedNode): SourceRange => [node.range[0], node.range[1]];

/** The fields of a map, merge keys included; no fields for anything that is not a map. */
export function fieldsOf(document: ParsedDocument, node: unknown, depth = 0): Field[] {
  const map = document.resolve(node);
  if (!isMap(map) || depth > 8) return [];
  const own: Field[] = [];
  const merged: Field[] = [];
  for (const pair of map.items) {
    const key = document.resolve(pair.key);
    if (!isScalar(key)) continue;
    if (key.source === "<<" && key.type === "PLAIN") {
      const sources = document.resolve(pair.value);
      for (const source of isSeq(sources) ? sources.items : [pair.value]) {
        merged.push(...fieldsOf(document, source, depth + 1));
      }
      continue;
    }
    const keyRange = rangeOf(key);
    const value = pair.value === null ? null : document.resolve(pair.value);
    const written = isNode(pair.value) ? rangeOf(pair.value) : keyRange;
    const range = written[1] > written[0] ? written : keyRange;
    own.push({ key: scalarText(key) ?? "", keyRange, node: value, range });
  }
  const named = new Set(own.map((field) => field.key));
  return [...own, ...merged.filter((field) => !named.has(field.key))];
}

/** The items of a list, aliases resolved; null when the node is not a list. */
export function itemsOf(document: ParsedDocument, node: unknown): (ParsedNode | null)[] | null {
  const list = document.resolve(node);
  return isSeq(list) ? list.items.map((item) => document.resolve(item)) : null;
}

/** A scalar as the text a Go program would read into a string: 0755 stays 0755. Null for null and non-scalars. */
export function scalarText(node: unknown): string | null {
  if (!isScalar(node) || node.value === null || node.value === undefined) return null;
  if (typeof node.value === "string") return node.value;
  return typeof node.source === "string" ? node.source : String(node.value);
}

/** A scalar's value: text, number, boolean or null; undefined for lists, maps and nothing at all. */
export const scalarValue = (node: unknown): unknown => (isScalar(node) ? node.value : undefined);
