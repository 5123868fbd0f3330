import type { Json, JsonObject } from "./types";

/** EBS takes `noDevice: ""` to mean something. */
const MEANT = new Set(["noDevice"]);

/**
 * JSON without what a form leaves behind and AWS refuses: members that are an empty text, list or object, or
 * null. Items of a list stay, but for empty objects within.
 */
export function withoutEmpty(content: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(content).flatMap(([member, value]): [string, Json][] => {
      if (value === undefined) return [];
      const kept = pruned(value);
      return isEmpty(kept) && !MEANT.has(member) ? [] : [[member, kept]];
    }),
  );
}

function pruned(value: Json): Json {
  if (Array.isArray(value)) return value.map(pruned);
  return typeof value === "object" && value !== null ? withoutEmpty(value) : value;
}

const isEmpty = (value: Json) =>
  value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
