import { z } from "zod";
import { PERMISSIONS } from "@/lib/auth/permissions";
import { namedSchemas, type Operation } from "./operation";

type Json = Record<string, unknown>;
const REFS = "#/components/schemas/";

/** As much of a document as its page reads. */
export type ApiDocument = {
  info: { title: string; version: string; description: string } & Json;
  tags: { name: string }[];
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, DescribedSchema> } & Json;
} & Json;

export type DescribedOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  "x-role": string;
  parameters: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: DescribedSchema;
  }[];
  requestBody?: { required: boolean; content: Record<string, { schema: DescribedSchema }> };
  responses: Record<string, { content?: Record<string, { schema: DescribedSchema }> } & Json>;
};

export type DescribedSchema = {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  description?: string;
  properties?: Record<string, DescribedSchema>;
  required?: string[];
  items?: DescribedSchema;
};

/** What an answer's reader is promised is the least: members may be added in the same version of the API. */
const openEnded = ({ jsonSchema }: { jsonSchema: object & { additionalProperties?: unknown } }) => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
};

const PROBLEM: Json = {
  description: "A failure. https://www.rfc-editor.org/rfc/rfc9457",
  type: "object",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string", examples: ["urn:goldsmith:problem:forbidden"] },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What is wrong and what to do, for a person." },
    code: { type: "string", description: "What is wrong, for a program.", examples: ["forbidden"] },
    errors: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "Members of the query or the body that are wrong, by name.",
    },
    missingAction: { type: "string", description: "The IAM action that the console lacks." },
    requestId: { type: "string", description: "For the console's administrators." },
  },
};

const RATE_HEADERS: Json = {
  RateLimit: { $ref: "#/components/headers/RateLimit" },
  "RateLimit-Policy": { $ref: "#/components/headers/RateLimitPolicy" },
};

/**
 * The API's document, OpenAPI 3.1, from the table of operations: paths, parameters, bodies and answers from the schemas
 * that the door parses with, roles from the permissions. https://spec.openapis.org/oas/v3.1.1.html
 */
export function describeApi(
  operations: readonly Operation[],
  { version, problemCodes }: { version: string; problemCodes: string[] },
): ApiDocument {
  const paths: ApiDocument["paths"] = {};
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  return {
    openapi: "3.1.1",
    info: {
      title: "Goldsmith API",
      version,
      description: `Runs pipelines and reads what they built. Send a token in \`Authorization: Bearer goldsmith_…\`. Failures are problem details with one of these codes: ${problemCodes.join(", ")}. Answers of the same version may get more members.`,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "goldsmith_…" } },
      schemas: { ...componentSchemas(), Problem: PROBLEM as DescribedSchema },
      headers: {
        RateLimit: {
          description: "What is left of the limit (`r`), and in how many seconds all of it is (`t`).",
          schema: { type: "string" },
        },
        RateLimitPolicy: {
          description: "The limit (`q`) and its window in seconds (`w`).",
          schema: { type: "string" },
        },
      },
      responses: {
        Problem: {
          description: "The request failed.",
          headers: {
            "Retry-After": { description: "Seconds after which to ask again.", schema: { type: "integer" } },
          },
          content: { "application/problem+json": { schema: { $ref: `${REFS}Problem` } } },
        },
      },
    },
  };
}

function describeOperation(operation: Operation): DescribedOperation {
  const { id, tag, summary, description, action, method, body, answer, mediaType, status } = operation;
  const isTagged = method === "get" && (answer !== undefined || mediaType !== undefined);
  const { role } = PERMISSIONS[action];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, `Needs the role ${role}.`].filter(Boolean).join(" "),
    "x-role": role,
    parameters: [
      ...parametersOf(operation.pathSchema, "path"),
      ...parametersOf(operation.query, "query"),
      ...headersOf(operation),
    ],
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: refOf(body, "input") } } },
    }),
    responses: {
      [status]: {
        description: method === "post" ? "Done, or started." : "What was asked for.",
        headers: {
          ...RATE_HEADERS,
          ...(isTagged && { ETag: { schema: { type: "string" } } }),
          ...(id === "runPipeline" && {
            Location: { description: "Address of the build.", schema: { type: "string" } },
          }),
        },
        content: answer
          ? { "application/json": { schema: refOf(answer, "output") } }
          : { [mediaType ?? "text/plain"]: { schema: { type: "string" } } },
      },
      ...(isTagged && { 304: { description: "Nothing has changed since `If-None-Match`." } }),
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function headersOf({ method, answer, mediaType }: Operation): DescribedOperation["parameters"] {
  const header = (name: string, description: string) => ({
    name,
    in: "header",
    description,
    schema: { type: "string" },
  });
  if (method === "post")
    return [
      header(
        "Idempotency-Key",
        "Any text of the client's own: the same request sent again with it within a day is not done again.",
      ),
    ];
  return answer || mediaType
    ? [header("If-None-Match", "The `ETag` of the answer that the client has.")]
    : [];
}

function parametersOf(schema: z.ZodObject, place: "path" | "query"): DescribedOperation["parameters"] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" }) as DescribedSchema;
  return Object.entries(properties).map(([name, { description, ...member }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description !== undefined && { description }),
    schema: numberOf(member),
  }));
}

/** In an address a number is text, which zod coerces: its input may be anything. */
const numberOf = (member: DescribedSchema): DescribedSchema =>
  "minimum" in member && !("type" in member) ? { type: "integer", ...member } : member;

function refOf(schema: z.ZodType, io: "input" | "output"): DescribedSchema {
  const id = namedSchemas.get(schema)?.id;
  if (id !== undefined) return { $ref: `${REFS}${id}` };
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io });
  return json as DescribedSchema;
}

function componentSchemas(): Record<string, DescribedSchema> {
  const { schemas } = z.toJSONSchema(namedSchemas, {
    uri: (id) => `${REFS}${id}`,
    override: openEnded,
  }) as unknown as { schemas: Record<string, DescribedSchema & { $schema: string; $id: string }> };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}
