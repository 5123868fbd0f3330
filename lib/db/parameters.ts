import { wellFormedText } from "@/lib/core/canonical-text";

/**
 * The door that every value of every query goes through, on both engines: text arrives as the database can keep it,
 * so that no name, reason or header of anybody's is an error, and what is asked for is found as it was stored.
 */
export function toParameter(value: unknown): unknown {
  if (typeof value === "string") return wellFormedText(value);
  return Array.isArray(value) ? value.map(toParameter) : value;
}
