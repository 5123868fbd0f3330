import { NormalizedSchema } from "@smithy/core/schema";
import { extensionMembers } from "./extensions";

/**
 * The runtime schemas of the SDK clients, read in this file and nowhere else: they are no promised API.
 * An operation is `[9, namespace, name, traits, input, output]`, an error `[-3, namespace, name, traits, ...]`,
 * a structure `[3, namespace, name, traits, memberNames, memberSchemas, requiredCount]`.
 */
export type Schema = NormalizedSchema;

export interface Member {
  name: string;
  schema: Schema;
  /** `httpLabel`, `httpQuery`, `httpHeader`, `httpPayload`, `jsonName`, `xmlName`, `xmlFlattened`, `ec2QueryName` ... */
  traits: Traits;
  required: boolean;
}

interface Traits {
  httpLabel?: unknown;
  httpQuery?: string;
  httpQueryParams?: unknown;
  httpHeader?: string;
  httpPrefixHeaders?: string;
  httpPayload?: unknown;
  httpResponseCode?: unknown;
  jsonName?: string;
  xmlName?: string;
  xmlFlattened?: unknown;
  xmlAttribute?: unknown;
  ec2QueryName?: string;
  eventHeader?: unknown;
  eventPayload?: unknown;
  streaming?: unknown;
  idempotencyToken?: unknown;
}

export interface Operation {
  name: string;
  input: Schema;
  output: Schema;
  /** Method, path pattern and status of a REST operation. */
  http?: { method: string; pattern: string; status: number };
}

export interface ErrorShape {
  name: string;
  schema: Schema;
  status: number;
  /** The code on the wire where it is not the name (Query protocols). */
  code: string;
}

export type Kind =
  | "structure"
  | "list"
  | "map"
  | "string"
  | "number"
  | "boolean"
  | "timestamp"
  | "blob"
  | "document"
  | "unit";

export function kindOf(schema: Schema): Kind {
  if (schema.isStructSchema()) return "structure";
  if (schema.isListSchema()) return "list";
  if (schema.isMapSchema()) return "map";
  if (schema.isStringSchema()) return "string";
  if (schema.isBooleanSchema()) return "boolean";
  if (schema.isTimestampSchema()) return "timestamp";
  if (schema.isBlobSchema()) return "blob";
  if (schema.isDocumentSchema()) return "document";
  if (schema.isUnitSchema()) return "unit";
  return "number";
}

export type TimestampFormat = "iso" | "http" | "epoch";

/** A timestamp's own format, or the protocol's. */
export function timestampFormat(schema: Schema, fallback: TimestampFormat): TimestampFormat {
  const formats: Record<number, TimestampFormat> = { 5: "iso", 6: "http", 7: "epoch" };
  const code = schema.getSchema();
  return (typeof code === "number" && formats[code]) || fallback;
}

const members = new WeakMap<object, Member[]>();

/** The members of a structure: the SDK's, then those the SDK does not know yet. */
export function membersOf(schema: Schema): Member[] {
  if (schema.isUnitSchema()) return [];
  const raw = schema.getSchema() as unknown as [
    number,
    string,
    string,
    unknown,
    string[],
    unknown[],
    number?,
  ];
  const known = members.get(raw);
  if (known) return known;
  const required = raw[6] ?? 0;
  const list = [...schema.structIterator()].map(([name, member], index) => ({
    name,
    schema: member,
    traits: member.getMergedTraits() as Traits,
    required: index < required,
  }));
  for (const [name, member] of Object.entries(extensionMembers(raw[2]))) {
    if (!list.some((known) => known.name === name)) {
      list.push({ name, schema: NormalizedSchema.of(member as never), traits: {}, required: false });
    }
  }
  members.set(raw, list);
  return list;
}

/** The structure's own name, as `CreateImageRequest`. */
export function structureName(schema: Schema): string {
  const raw: unknown = schema.getSchema();
  return Array.isArray(raw) ? String(raw[2]) : "";
}

/** Every operation a client exports, by name. */
export function operationsOf(sdk: object): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [, , name, traits, input, output] of schemasOf(sdk, 9)) {
    const http = (traits as { http?: [string, string, number] } | 0) || {};
    const [method, pattern, status] = http.http ?? [];
    operations.set(String(name), {
      name: String(name),
      input: NormalizedSchema.of(input as never),
      output: NormalizedSchema.of(output as never),
      ...(method && pattern && { http: { method, pattern, status: status ?? 200 } }),
    });
  }
  return operations;
}

/** Every exception a client exports, by name. */
export function errorsOf(sdk: object): Map<string, ErrorShape> {
  const errors = new Map<string, ErrorShape>();
  for (const schema of schemasOf(sdk, -3)) {
    const name = String(schema[2]);
    const traits = (schema[3] || {}) as {
      error?: string;
      httpError?: number;
      awsQueryError?: [string, number];
    };
    errors.set(name, {
      name,
      schema: NormalizedSchema.of(schema as never),
      status: traits.awsQueryError?.[1] ?? traits.httpError ?? (traits.error === "server" ? 500 : 400),
      code: traits.awsQueryError?.[0] ?? name,
    });
  }
  return errors;
}

function schemasOf(sdk: object, kind: number): unknown[][] {
  return Object.values(sdk).filter((value): value is unknown[] => Array.isArray(value) && value[0] === kind);
}
