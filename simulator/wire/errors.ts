import { AwsError, NotSimulated } from "./contract";
import type { ErrorShape } from "./schema";

/** A request the wire cannot read; AWS answers 400. */
export class SerializationError extends Error {
  override readonly name = "SerializationException";
}

/** An error as the protocols need it. */
export interface WireError {
  /** The exception's name: `ResourceNotFoundException`. */
  name: string;
  /** Its code on the wire, where that differs: `NoSuchEntity`. */
  code: string;
  message: string;
  status: number;
  /** Who is at fault. */
  sender: boolean;
  /** The thrown exception and its schema, for further members. */
  shape?: ErrorShape;
  fields: Record<string, unknown>;
}

/** What was thrown, as the caller will see it. Only this function knows which status an exception has. */
export function toWireError(thrown: unknown, shapes: Map<string, ErrorShape>): WireError {
  if (thrown instanceof SerializationError) return plain("SerializationException", thrown.message, 400);
  if (thrown instanceof NotSimulated) return plain("NotImplemented", thrown.message, 501);
  if (thrown instanceof AwsError) {
    const shape = shapes.get(thrown.code);
    return {
      ...plain(thrown.code, thrown.message, thrown.status ?? shape?.status ?? 400),
      ...(shape && { code: shape.code }),
    };
  }
  const shape = thrown instanceof Error ? shapes.get(thrown.name) : undefined;
  if (!shape || !(thrown instanceof Error)) {
    return plain("InternalFailure", "The simulator failed to answer; its log says why.", 500);
  }
  return {
    name: shape.name,
    code: shape.code,
    message: thrown.message,
    status: shape.status,
    sender: shape.status < 500,
    shape,
    fields: thrown as unknown as Record<string, unknown>,
  };
}

function plain(code: string, message: string, status: number): WireError {
  return { name: code, code, message, status, sender: status < 500, fields: {} };
}
