import { SerializationError } from "./errors";
import { kindOf, type Member, membersOf, type Schema, timestampFormat } from "./schema";

/**
 * A JSON value as the input its schema describes. Members the schema does not know are dropped, as AWS does.
 * `floats` takes the words for numbers that JSON cannot write.
 */
export function decodeJson(schema: Schema, value: unknown, path = "", floats = false): unknown {
  switch (kindOf(schema)) {
    case "structure":
      return decodeJsonMembers(membersOf(schema), objectAt(value, path), path, floats);
    case "list":
      if (!Array.isArray(value)) throw mismatch(value, "a List", path);
      return value.map((item, index) => {
        if (item === null) throw new SerializationError(`Null value in a list at '${path}[${index}]'`);
        return decodeJson(schema.getValueSchema(), item, `${path}[${index}]`, floats);
      });
    case "map":
      return Object.fromEntries(
        Object.entries(objectAt(value, path)).map(([key, item]) => [
          key,
          decodeJson(schema.getValueSchema(), item, `${path}.${key}`, floats),
        ]),
      );
    case "string":
      if (typeof value !== "string") throw mismatch(value, "a String", path);
      return value;
    case "boolean":
      if (typeof value !== "boolean") throw mismatch(value, "a Boolean", path);
      return value;
    case "number":
      if (floats && (value === "NaN" || value === "Infinity" || value === "-Infinity")) return Number(value);
      if (typeof value !== "number") throw mismatch(value, "a Number", path);
      return value;
    case "timestamp":
      return readTimestamp(value, path);
    case "blob":
      if (typeof value !== "string") throw mismatch(value, "a Blob", path);
      return new Uint8Array(Buffer.from(value, "base64"));
    default:
      return value;
  }
}

/** Reads the listed members out of an object; absent and null are the same. */
export function decodeJsonMembers(
  members: Member[],
  value: Record<string, unknown>,
  path: string,
  floats = false,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { name, schema, traits } of members) {
    const item = Object.hasOwn(value, traits.jsonName ?? name) ? value[traits.jsonName ?? name] : undefined;
    if (item === undefined || item === null) continue;
    result[name] = decodeJson(schema, item, path ? `${path}.${name}` : name, floats);
  }
  return result;
}

/** An answer as JSON; what its schema does not name stays behind. */
export function encodeJson(schema: Schema, value: unknown): unknown {
  switch (kindOf(schema)) {
    case "structure":
      return encodeJsonMembers(membersOf(schema), value as Record<string, unknown>);
    case "list":
      return (value as unknown[]).map((item) => encodeJson(schema.getValueSchema(), item));
    case "map":
      return Object.fromEntries(
        Object.entries(value as object).map(([key, item]) => [
          key,
          encodeJson(schema.getValueSchema(), item),
        ]),
      );
    case "timestamp":
      return writeTimestamp(schema, value as Date);
    case "blob":
      return Buffer.from(value as Uint8Array).toString("base64");
    default:
      return value;
  }
}

export function encodeJsonMembers(
  members: Member[],
  value: Record<string, unknown>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { name, schema, traits } of members) {
    const item = value[name];
    if (item !== undefined && item !== null) result[traits.jsonName ?? name] = encodeJson(schema, item);
  }
  return result;
}

function writeTimestamp(schema: Schema, value: Date): number | string {
  const format = timestampFormat(schema, "epoch");
  if (format === "epoch") return value.getTime() / 1000;
  return format === "iso" ? value.toISOString() : value.toUTCString();
}

function readTimestamp(value: unknown, path: string): Date {
  const date =
    typeof value === "number" ? new Date(value * 1000) : new Date(typeof value === "string" ? value : "");
  if (Number.isNaN(date.getTime())) throw mismatch(value, "a Timestamp", path);
  return date;
}

function objectAt(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw mismatch(value, "a structure or map", path);
  return value as Record<string, unknown>;
}

function mismatch(value: unknown, expected: string, path: string): SerializationError {
  const found =
    value === null ? "NULL" : Array.isArray(value) ? "LIST_VALUE" : `${(typeof value).toUpperCase()}_VALUE`;
  return new SerializationError(`${found} can not be converted to ${expected}${path ? ` at '${path}'` : ""}`);
}
