import { errorMembers, parseJsonBody } from "./aws-json";
import { decodeJsonMembers, encodeJsonMembers } from "./json-codec";
import type { Protocol, ProtocolChoice, ServiceShapes, WireRequest } from "./protocol";
import { decodeText } from "./query-codec";
import { routerOf } from "./rest-router";
import { kindOf, type Member, membersOf, type Operation, structureName, timestampFormat } from "./schema";
import { decodeXml, encodeXmlMembers, escapeXml, parseXml } from "./xml-codec";

/** restJson1: method and path name the operation, labels, query and headers carry members, the body the rest. */
export function restJson(shapes: ServiceShapes): Protocol {
  const route = routerOf(shapes.operations.values(), { bucketInPath: false });
  return {
    unknownOperation: { code: "UnknownOperationException", status: 404 },
    operationName: (request) => route(request)?.operation.name,
    decode(operation, request) {
      const { bound, body } = boundMembers(operation, request, route(request)?.labels ?? {});
      return body.length > 0 ? { ...bound, ...decodeJsonMembers(body, parseJsonBody(request), "") } : bound;
    },
    encode(operation, output) {
      const { headers, status, body } = responseMembers(operation, output);
      return {
        status,
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(encodeJsonMembers(body, output)),
      };
    },
    encodeError: (error) => ({
      status: error.status,
      headers: { "content-type": "application/json", "x-amzn-errortype": error.name },
      body: JSON.stringify(errorMembers(error)),
    }),
  };
}

/** restXml as S3 speaks it, with the bucket in the path. */
export function restXml(
  shapes: ServiceShapes,
  { xmlns }: Extract<ProtocolChoice, { kind: "restXml" }>,
): Protocol {
  const route = routerOf(shapes.operations.values(), { bucketInPath: true });
  return {
    unknownOperation: { code: "MethodNotAllowed", status: 405 },
    operationName: (request) => route(request)?.operation.name,
    decode(operation, request) {
      const { bound, body } = boundMembers(operation, request, route(request)?.labels ?? {});
      const payload = membersOf(operation.input).find(
        ({ traits, schema }) => traits.httpPayload || schema.isStreaming(),
      );
      if (payload && request.body.length > 0) {
        const text = () => parseXml(new TextDecoder().decode(request.body));
        bound[payload.name] =
          kindOf(payload.schema) === "structure" ? decodeXml(payload.schema, text()) : request.body;
      } else if (body.length > 0 && request.body.length > 0) {
        Object.assign(bound, decodeXml(operation.input, parseXml(new TextDecoder().decode(request.body))));
      }
      return bound;
    },
    encode(operation, output) {
      const { headers, body, ...answer } = responseMembers(operation, output);
      const status = headers["content-range"] ? 206 : answer.status;
      const payload = body.find(({ traits, schema }) => traits.httpPayload || schema.isStreaming());
      const value = payload && output[payload.name];
      if (value instanceof Uint8Array) return { status, headers, body: value };
      const xml = (root: string, content: string) => ({
        status,
        headers: { ...headers, "content-type": "application/xml" },
        body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${xmlns}">${content}</${root}>`,
      });
      if (payload && value && kindOf(payload.schema) === "structure") {
        const root = payload.traits.xmlName ?? structureName(payload.schema);
        return xml(root, encodeXmlMembers(membersOf(payload.schema), value as Record<string, unknown>));
      }
      if (payload || body.length === 0) return { status, headers, body: "" };
      const root = String(operation.output.getMergedTraits().xmlName ?? structureName(operation.output));
      return xml(root, encodeXmlMembers(body, output));
    },
    encodeError: (error, requestId) => ({
      status: error.status,
      headers: { "content-type": "application/xml" },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`,
    }),
  };
}

/** Members read from path, query and headers, and those left for the body. */
function boundMembers(operation: Operation, request: WireRequest, labels: Record<string, string>) {
  const bound: Record<string, unknown> = {};
  const body: Member[] = [];
  for (const member of membersOf(operation.input)) {
    const { name, schema, traits } = member;
    if (traits.httpLabel) bound[name] = decodeText(schema, labels[name] ?? "", name);
    else if (traits.httpQuery) {
      const values = request.query.getAll(traits.httpQuery);
      const [first] = values;
      if (first === undefined) continue;
      bound[name] = schema.isListSchema()
        ? values.map((value) => decodeText(schema.getValueSchema(), value, name))
        : decodeText(schema, first, name);
    } else if (traits.httpHeader) {
      const value = request.headers.get(traits.httpHeader);
      if (value !== null) bound[name] = decodeText(schema, value, name);
    } else if (traits.httpPrefixHeaders) {
      const prefix = traits.httpPrefixHeaders.toLowerCase();
      const found = [...request.headers].filter(([header]) => header.startsWith(prefix));
      if (found.length > 0) {
        bound[name] = Object.fromEntries(
          found.map(([header, value]) => [header.slice(prefix.length), value]),
        );
      }
    } else if (!traits.httpPayload && !schema.isStreaming()) body.push(member);
  }
  return { bound, body };
}

/** Status and headers of an answer, and the members left for its body. */
function responseMembers(operation: Operation, output: Record<string, unknown>) {
  const headers: Record<string, string> = {};
  const body: Member[] = [];
  let status = operation.http?.status ?? 200;
  for (const member of membersOf(operation.output)) {
    const { name, traits, schema } = member;
    const value = output[name];
    if (traits.httpResponseCode) status = typeof value === "number" ? value : status;
    else if (traits.httpHeader) {
      if (value !== undefined && value !== null)
        headers[traits.httpHeader.toLowerCase()] = headerText(schema, value);
    } else if (traits.httpPrefixHeaders) {
      for (const [key, text] of Object.entries(value ?? {}))
        headers[`${traits.httpPrefixHeaders}${key}`] = String(text);
    } else body.push(member);
  }
  return { headers, status, body };
}

function headerText(schema: Member["schema"], value: unknown): string {
  if (!(value instanceof Date)) return String(value);
  return timestampFormat(schema, "http") === "iso" ? value.toISOString() : value.toUTCString();
}
