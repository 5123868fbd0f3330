import type { Json, JsonObject } from "./types";

/** One difference; `before` is absent for what was added, `after` for what was taken away. */
export type JsonChange = { path: string; before?: Json; after?: Json };

/**
 * What a full replacement of `before` by `after` changes, member by member, in the order of `after`. Lists are
 * compared item by item.
 */
export function jsonChanges(before: JsonObject, after: JsonObject): JsonChange[] {
  return changesAt("", before, after);
}

function changesAt(path: string, before: Json | undefined, after: Json | undefined): JsonChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [from, to] = [membersOf(before), membersOf(after)];
  if (!from || !to || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  }
  const keys = [...new Set([...Object.keys(to), ...Object.keys(from)])];
  return keys.flatMap((key) => changesAt(path ? `${path}.${key}` : key, from[key], to[key]));
}

/** Members of an object or items of a list by their index. */
const membersOf = (value: Json | undefined): Record<string, Json> | undefined =>
  typeof value === "object" && value !== null ? { ...(value as Record<string, Json>) } : undefined;
