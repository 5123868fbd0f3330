import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";
import type { MiddlewareClient } from "./middleware";

// The SDK lags the service and drops members it does not know, in both directions. Clients are made by start-up
// code, which Next bundles apart from the pages that read their answers here: both need the same maps.
const answers = processSingleton("raw-answers", () => new WeakMap<object, Uint8Array>());
const bodies = processSingleton("raw-bodies", () => new WeakMap<object, Record<string, unknown>>());

/** The JSON that `output` was read from, with all that AWS sent. Undefined for what is no SDK answer. */
export function rawJson(output: object): Record<string, unknown> | undefined {
  const bytes = answers.get(output);
  return bytes && (JSON.parse(Buffer.from(bytes).toString("utf8")) as Record<string, unknown>);
}

/** Makes `command` send `body` in place of the one that the SDK serializes. */
export function sendBody(command: { readonly input: object }, body: Record<string, unknown>): void {
  bodies.set(command.input, body);
}

/** Lets `client` keep raw answers and send raw bodies. */
export function keepRawJson(client: MiddlewareClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const body = bodies.get(args.input);
      if (body && isHttpRequest(args.request)) args.request.body = JSON.stringify(body);
      return next(args);
    },
    { step: "serialize", priority: "low", name: "sendRawBody" },
  );
  client.middlewareStack.addRelativeTo(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (isHttpResponse(response)) response.body = await bytesOf(response.body);
      return result;
    },
    { relation: "after", toMiddleware: "deserializerMiddleware", name: "bufferRawAnswer" },
  );
  client.middlewareStack.addRelativeTo(
    (next) => async (args) => {
      const result = await next(args);
      const { response, output } = result;
      if (isHttpResponse(response) && response.body instanceof Uint8Array) answers.set(output, response.body);
      return result;
    },
    { relation: "before", toMiddleware: "deserializerMiddleware", name: "keepRawAnswer" },
  );
}

const isHttpRequest = (value: unknown): value is { body: unknown } =>
  typeof value === "object" && value !== null && "method" in value;
const isHttpResponse = (value: unknown): value is { body: unknown } =>
  typeof value === "object" && value !== null && "statusCode" in value;

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  if (typeof body === "object" && body !== null && Symbol.asyncIterator in body) {
    for await (const chunk of body as AsyncIterable<Uint8Array | string>) chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}
