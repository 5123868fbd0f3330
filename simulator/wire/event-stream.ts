import { crc32 } from "node:zlib";
import { encodeJson } from "./json-codec";
import type { WireResponse } from "./protocol";
import { type Member, membersOf, type Schema } from "./schema";

/** The member of an answer that is a stream of events, if there is one. */
export function eventStreamMember(output: Schema): Member | undefined {
  if (output.isUnitSchema()) return undefined;
  return membersOf(output).find((member) => member.schema.isUnionSchema() && member.schema.isStreaming());
}

/** An answer whose events are written as they come: `application/vnd.amazon.eventstream`. */
export function eventStreamBody(member: Member, output: Record<string, unknown>): WireResponse {
  const events = (output[member.name] as AsyncIterable<Record<string, unknown>>)[Symbol.asyncIterator]();
  const shapes = new Map(membersOf(member.schema).map((event) => [event.name, event.schema]));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(eventMessage("initial-response", {})),
    async pull(controller) {
      const { done, value } = await events.next();
      if (done) return controller.close();
      for (const [type, event] of Object.entries(value)) {
        const schema = shapes.get(type);
        if (schema) controller.enqueue(eventMessage(type, encodeJson(schema, event)));
      }
    },
    async cancel() {
      await events.return?.();
    },
  });
  return { status: 200, headers: { "content-type": "application/vnd.amazon.eventstream" }, body };
}

/** Prelude, headers, payload, checksum; https://smithy.io/2.0/aws/amazon-eventstream.html */
function eventMessage(type: string, payload: unknown): Uint8Array {
  const headers = Buffer.concat([
    header(":event-type", type),
    header(":content-type", "application/json"),
    header(":message-type", "event"),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const message = Buffer.alloc(16 + headers.length + body.length);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  headers.copy(message, 12);
  body.copy(message, 12 + headers.length);
  message.writeUInt32BE(crc32(message.subarray(0, message.length - 4)), message.length - 4);
  return message;
}

function header(name: string, value: string): Buffer {
  const STRING_TYPE = 7;
  const lengthOfValue = Buffer.alloc(2);
  lengthOfValue.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([STRING_TYPE]),
    lengthOfValue,
    Buffer.from(value),
  ]);
}
