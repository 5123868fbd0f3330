/** A part of a kept log as it travels: text and events, both gzip. */
export type PackedPart = { text: Uint8Array<ArrayBuffer>; events: Uint8Array<ArrayBuffer> };
export type KeptLogPartBytes = { text: Uint8Array; events: Float64Array };

/** Two lengths, of text and events, stand before each part. */
const HEADER_BYTES = 8;

/** The parts as one stream of bytes, for `readPackedParts` at the other end. */
export async function* packParts(
  parts: AsyncIterable<{ text: Uint8Array; events: Uint8Array }>,
): AsyncGenerator<Uint8Array> {
  for await (const { text, events } of parts) {
    const bytes = new Uint8Array(HEADER_BYTES + text.length + events.length);
    const header = new DataView(bytes.buffer);
    header.setUint32(0, text.length, true);
    header.setUint32(4, events.length, true);
    bytes.set(text, HEADER_BYTES);
    bytes.set(events, HEADER_BYTES + text.length);
    yield bytes;
  }
}

/** The parts of an answer of `packParts`. Throws where it broke off within one. The bytes are not copied. */
export function* readPackedParts(bytes: Uint8Array<ArrayBuffer>): Generator<PackedPart> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (at + HEADER_BYTES > bytes.length) throw new Error("The connection broke off.");
    const text = at + HEADER_BYTES;
    const events = text + view.getUint32(at, true);
    const end = events + view.getUint32(at + 4, true);
    if (end > bytes.length) throw new Error("The connection broke off.");
    yield { text: bytes.subarray(text, events), events: bytes.subarray(events, end) };
    at = end;
  }
}

export async function unpackPart({ text, events }: PackedPart): Promise<KeptLogPartBytes> {
  const [plain, times] = await Promise.all([unzip(text), unzip(events)]);
  return { text: plain, events: new Float64Array(times.buffer) };
}

/** Not a matter of headers: the server's framework takes `content-encoding` off. */
export async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { writable, readable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // What is wrong with the bytes is heard where they are read.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  return new Uint8Array(await new Response(readable).arrayBuffer());
}
