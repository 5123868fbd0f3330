import type { JsonObject } from "./types";

/** Whether a JSON value is an object, and neither a list nor nothing. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
