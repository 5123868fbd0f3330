import type { WireError } from "./errors";
import type { ErrorShape, Operation } from "./schema";

/** Differs from AWS: one limit for all services. It is above what any of them takes but S3, of which small objects are kept. */
export const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

/** How a service speaks; stated by the service, as AWS's models state it. */
export type ProtocolChoice =
  | { kind: "restJson1" }
  | {
      kind: "awsJson";
      version: "1.0" | "1.1";
      target: string;
      queryCompatible?: boolean;
      specialFloats?: boolean;
    }
  | { kind: "awsQuery"; xmlns: string }
  | { kind: "ec2Query"; xmlns: string }
  | { kind: "restXml"; xmlns: string };

export interface WireRequest {
  method: string;
  /** As sent, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: Uint8Array;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array | ReadableStream<Uint8Array>;
}

/** One protocol of one service: finds the operation, reads its input, writes its answer or its error. */
export interface Protocol {
  /** The operation's name as called; a name the service lacks is for the caller to refuse. */
  operationName(request: WireRequest): string | undefined;
  decode(operation: Operation, request: WireRequest): Record<string, unknown>;
  encode(operation: Operation, output: Record<string, unknown>, requestId: string): WireResponse;
  encodeError(error: WireError, requestId: string): WireResponse;
  /** What a call to an operation that does not exist is answered with. */
  unknownOperation: { code: string; status: number };
}

export interface ServiceShapes {
  operations: Map<string, Operation>;
  errors: Map<string, ErrorShape>;
}
