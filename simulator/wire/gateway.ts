import { randomUUID } from "node:crypto";
import { type Caller, callerOf } from "../engine/credentials";
import { partitionOf } from "../engine/partitions";
import type { AnyService } from "../engine/service";
import type { World } from "../engine/world";
import { readSignature, type Signature } from "./authorization";
import { decodeAwsChunked } from "./aws-chunked";
import { awsJson } from "./aws-json";
import { awsQuery, ec2Query } from "./aws-query";
import { AwsError, type HandlerCall } from "./contract";
import { SerializationError, toWireError } from "./errors";
import {
  LARGEST_BODY_BYTES,
  type Protocol,
  type ProtocolChoice,
  type ServiceShapes,
  type WireRequest,
  type WireResponse,
} from "./protocol";
import { restJson, restXml } from "./rest";
import { errorsOf, membersOf, type Operation, operationsOf } from "./schema";
import {
  ec2Message,
  invalidInputCode,
  missing,
  type Violation,
  violationMessage,
  violationsOf,
} from "./validate";

/** What trouble-makers get to see of a call, before it is answered. */
export interface ObservedCall {
  /** By the prefix of its IAM actions. */
  service: string;
  protocol: ProtocolChoice;
  operation: string;
  account: string;
  region: string;
  callerArn: string;
  input: Record<string, unknown>;
}

export interface GatewayOptions {
  services: Record<string, AnyService>;
  world: World;
  /** May wait, or throw what the call is to fail with. */
  beforeCall(call: ObservedCall): Promise<void>;
  /** Told of a failure of the simulator itself. */
  onInternalFailure(error: unknown): void;
}

interface Endpoint extends ServiceShapes {
  key: string;
  service: AnyService;
  protocol: Protocol;
}

type AnyHandler = (call: HandlerCall<unknown>, input: Record<string, unknown>) => object | Promise<object>;

/** Turns requests of any AWS client into handler calls, and what comes back into answers. */
export function createGateway(options: GatewayOptions): (request: Request) => Promise<Response> {
  const { services, world } = options;
  const endpoints = new Map<string, Endpoint>();
  const keys = new Map(Object.entries(services).map(([key, service]) => [service.signingName, key]));

  function endpointOf(signingName: string): Endpoint | undefined {
    const known = endpoints.get(signingName);
    const key = keys.get(signingName);
    const service = key === undefined ? undefined : services[key];
    if (known || key === undefined || !service) return known;
    const shapes = { operations: operationsOf(service.sdk), errors: errorsOf(service.sdk) };
    const endpoint = { key, service, protocol: protocolOf(service, shapes), ...shapes };
    endpoints.set(signingName, endpoint);
    return endpoint;
  }

  async function answer(endpoint: Endpoint, signature: Signature, request: WireRequest, requestId: string) {
    const { service, protocol } = endpoint;
    const caller = identify(signature, { now: world.now(), region: signature.region });
    const name = protocol.operationName(request);
    const operation = name === undefined ? undefined : endpoint.operations.get(name);
    if (!operation) throw unknownOperation(protocol, name);
    const input = readInput(endpoint, operation, request);
    const { account } = caller;
    const { region } = signature;
    const observed = {
      service: service.actionPrefix ?? service.signingName,
      protocol: service.protocol,
      operation: operation.name,
      account,
      region,
      callerArn: caller.arn,
    };
    await options.beforeCall({ ...observed, input });
    const handler = (service.handlers as Record<string, AnyHandler | undefined>)[operation.name];
    if (!handler) throw new AwsError("NotImplemented", notSimulated(operation.name, service), 501);
    try {
      const store = world.storeOf(endpoint.key, account, region);
      world.settle();
      const partition = partitionOf(region);
      const call = { store, account, region, partition, requestId, now: world.now() };
      const output = await handler({ ...call, callerArn: caller.arn, callerId: caller.userId }, input);
      return protocol.encode(operation, output as Record<string, unknown>, requestId);
    } finally {
      world.flush();
    }
  }

  return async function handle(request) {
    const requestId = randomUUID();
    const url = new URL(request.url);
    const signature = readSignature(request.headers, url.searchParams);
    const endpoint = signature && endpointOf(signature.service);
    let response: WireResponse;
    try {
      const body = decodeAwsChunked(request.headers, new Uint8Array(await request.arrayBuffer()));
      const { method, headers } = request;
      if (body.length > LARGEST_BODY_BYTES)
        throw new AwsError("RequestEntityTooLargeException", "The request entity is too large.", 413);
      if (!signature) throw new AwsError("MissingAuthenticationToken", "Missing Authentication Token", 403);
      if (!endpoint)
        throw new AwsError("UnknownService", `The simulator has no service '${signature.service}'.`, 501);
      const wire = { method, path: url.pathname, query: url.searchParams, headers, body };
      response = await answer(endpoint, signature, wire, requestId);
    } catch (thrown) {
      if (thrown instanceof ConnectionDropped) throw thrown;
      const error = toWireError(thrown, endpoint?.errors ?? new Map());
      if (error.code === "InternalFailure") options.onInternalFailure(thrown);
      response = (endpoint?.protocol ?? guessProtocol(request)).encodeError(error, requestId);
    }
    const idHeader = signature?.service === "s3" ? "x-amz-request-id" : "x-amzn-requestid";
    const noBody = request.method === "HEAD" || response.status === 204 || response.status === 304;
    return new Response(noBody ? null : (response.body as BodyInit), {
      status: response.status,
      headers: { [idHeader]: requestId, ...response.headers },
    });
  };
}

/** Thrown to leave a call without any answer; the server then closes the connection. */
export class ConnectionDropped extends Error {}

function protocolOf({ protocol }: AnyService, shapes: ServiceShapes): Protocol {
  switch (protocol.kind) {
    case "restJson1":
      return restJson(shapes);
    case "awsJson":
      return awsJson(protocol);
    case "awsQuery":
      return awsQuery(protocol);
    case "ec2Query":
      return ec2Query(protocol);
    case "restXml":
      return restXml(shapes, protocol);
  }
}

/** Whoever calls without a scope still reads an error in the form of a protocol. */
function guessProtocol(request: Request): Protocol {
  const shapes = { operations: new Map(), errors: new Map() };
  const type = request.headers.get("content-type") ?? "";
  if (request.headers.has("x-amz-target")) return awsJson({ kind: "awsJson", version: "1.1", target: "" });
  return type.includes("form-urlencoded") ? awsQuery({ kind: "awsQuery", xmlns: "" }) : restJson(shapes);
}

function identify(signature: Signature, at: { now: number; region: string }): Caller {
  const caller = callerOf(signature.accessKeyId, signature.sessionToken, at);
  if (caller === "expired") {
    throw new AwsError("ExpiredTokenException", "The security token included in the request is expired", 403);
  }
  if (caller === "unknown") {
    const reason =
      "The security token included in the request is invalid. The simulator takes 12 digits as access key.";
    throw new AwsError("UnrecognizedClientException", reason, 403);
  }
  return caller;
}

function unknownOperation(protocol: Protocol, name: string | undefined): AwsError {
  const { code, status } = protocol.unknownOperation;
  return new AwsError(code, name ? `There is no operation ${name}.` : "No operation is named.", status);
}

function notSimulated(operation: string, service: AnyService): string {
  return `${operation} is not simulated: ${service.othersUnsupportedBecause ?? "no handler was written for it"}.`;
}

/** Decodes and validates; malformed and forbidden input get the service's own code. */
function readInput({ service, protocol }: Endpoint, operation: Operation, request: WireRequest) {
  const fallback = service.invalidInputCode ?? defaultInvalidCode(service);
  let input: Record<string, unknown>;
  try {
    input = protocol.decode(operation, request);
  } catch (error) {
    if (!(error instanceof SerializationError) || /json/i.test(service.protocol.kind)) throw error;
    throw new AwsError(service.protocol.kind === "restXml" ? "MalformedXML" : fallback, error.message);
  }
  let violations = violationsOf(service.signingName, operation.name, input);
  if (violations.length === 0) violations = missingMembers(operation, input);
  if (violations.length === 0) return input;
  const code = violations[0]?.isMissing ? fallback : (service.brokenBoundCode ?? fallback);
  if (service.protocol.kind === "ec2Query") throw new AwsError(code, ec2Message(violations));
  const modelled = invalidInputCode(service.signingName, operation.name) ?? code;
  throw new AwsError(modelled, violationMessage(violations));
}

/** Where there is no model, the SDK still knows which members are required. */
function missingMembers(operation: Operation, input: Record<string, unknown>): Violation[] {
  return membersOf(operation.input)
    .filter(({ name, required, traits }) => required && input[name] === undefined && !traits.idempotencyToken)
    .map(({ name }) => missing(name));
}

function defaultInvalidCode({ protocol }: AnyService): string {
  if (protocol.kind === "ec2Query") return "MissingParameter";
  return protocol.kind === "awsQuery" ? "ValidationError" : "ValidationException";
}
