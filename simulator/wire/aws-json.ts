import { gunzipSync } from "node:zlib";
import { SerializationError, type WireError } from "./errors";
import { eventStreamBody, eventStreamMember } from "./event-stream";
import { decodeJson, encodeJson, encodeJsonMembers } from "./json-codec";
import { LARGEST_BODY_BYTES, type Protocol, type ProtocolChoice, type WireRequest } from "./protocol";
import { membersOf } from "./schema";

/** AWS JSON 1.0 and 1.1: everything in the body, the operation in `x-amz-target`. */
export function awsJson(choice: Extract<ProtocolChoice, { kind: "awsJson" }>): Protocol {
  const contentType = `application/x-amz-json-${choice.version}`;
  return {
    unknownOperation: { code: "UnknownOperationException", status: 400 },
    operationName(request) {
      const [target, operation] = (request.headers.get("x-amz-target") ?? "").split(".");
      return target === choice.target ? operation : undefined;
    },
    decode: (operation, request) =>
      operation.input.isUnitSchema()
        ? {}
        : (decodeJson(operation.input, parseJsonBody(request), "", choice.specialFloats) as Record<
            string,
            unknown
          >),
    encode(operation, output) {
      const stream = eventStreamMember(operation.output);
      if (stream) return eventStreamBody(stream, output);
      const body = operation.output.isUnitSchema() ? {} : encodeJson(operation.output, output);
      return { status: 200, headers: { "content-type": contentType }, body: JSON.stringify(body) };
    },
    encodeError(error) {
      const headers: Record<string, string> = { "content-type": contentType };
      if (choice.queryCompatible) {
        headers["x-amzn-query-error"] = `${error.code};${error.sender ? "Sender" : "Receiver"}`;
      }
      return {
        status: error.status,
        headers,
        body: JSON.stringify({ __type: error.name, ...errorMembers(error) }),
      };
    },
  };
}

/** The message and whatever else the exception's schema carries. */
export function errorMembers(error: WireError): Record<string, unknown> {
  const members = error.shape ? encodeJsonMembers(membersOf(error.shape.schema), error.fields) : {};
  return { ...members, message: error.message };
}

/** The body as a JSON object; an empty one is `{}`. */
export function parseJsonBody(request: WireRequest): Record<string, unknown> {
  const text = new TextDecoder().decode(plainBody(request));
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SerializationError("The request body is not valid JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SerializationError("The request body is not a JSON object");
  }
  return value as Record<string, unknown>;
}

/** Clients compress large bodies of some operations: https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html */
function plainBody({ headers, body }: WireRequest): Uint8Array {
  if (headers.get("content-encoding") !== "gzip") return body;
  try {
    return gunzipSync(body, { maxOutputLength: LARGEST_BODY_BYTES });
  } catch {
    throw new SerializationError("The request body is not valid gzip, or too large");
  }
}
