/** A part of a kept log as it travels: text and events, both gzip. */
export type PackedPart = { text: Uint8Array; events: Uint8Array };
type ReceivedPart = { text: Uint8Array<ArrayBuffer>; events: Uint8Array<ArrayBuffer> };
export type KeptLogPartBytes = { text: Uint8Array; events: Float64Array };

/** Two lengths, of text and events, stand before each part. */
const HEADER_BYTES = 8;

/** The parts as one stream of bytes, for `readKeptLog` at the other end. */
export async function* packParts(parts: AsyncIterable<PackedPart>): AsyncGenerator<Uint8Array> {
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

/**
 * Reads the parts of a kept log from `first` on, in order, over one connection. `heard` is called whenever bytes
 * come. Throws when it breaks off before the last of `count` parts; who reads may begin again at the missing one.
 */
export async function* readKeptLog(
  url: string,
  { first, count }: { first: number; count: number },
  { signal, heard }: { signal: AbortSignal; heard: () => void },
): AsyncGenerator<KeptLogPartBytes> {
  const response = await fetch(url, { signal, cache: "no-store" });
  if (!response.ok || !response.body) {
    throw new Error(`The console answered with status ${response.status}.`);
  }
  const bytes = new ByteReader(response.body, heard);
  // Each part is asked for before the one ahead of it is unpacked, so that the network never waits for the reader.
  let coming = readPacked(bytes);
  for (let part = first; part < count; part++) {
    const { text, events } = await coming;
    coming = part + 1 < count ? readPacked(bytes) : coming;
    // Whoever waits for it hears of a failure; one that nobody waits for any more is no news.
    coming.catch(() => undefined);
    const [plain, times] = await Promise.all([unzip(text), unzip(events)]);
    yield { text: plain, events: new Float64Array(times.buffer) };
  }
}

async function readPacked(bytes: ByteReader): Promise<ReceivedPart> {
  const header = await bytes.take(HEADER_BYTES);
  const lengths = new DataView(header.buffer);
  return {
    text: await bytes.take(lengths.getUint32(0, true)),
    events: await bytes.take(lengths.getUint32(4, true)),
  };
}

/** Bytes of a stream by number, wherever it is cut. */
class ByteReader {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  constructor(
    stream: ReadableStream<Uint8Array>,
    private readonly heard: () => void,
  ) {
    this.reader = stream.getReader();
  }

  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const taken = new Uint8Array(count);
    for (let size = 0; size < count; ) {
      if (this.rest.length === 0) {
        const { value, done } = await this.reader.read();
        if (done) throw new Error("The connection broke off.");
        this.heard();
        this.rest = value;
      }
      const piece = this.rest.subarray(0, count - size);
      taken.set(piece, size);
      size += piece.length;
      this.rest = this.rest.subarray(piece.length);
    }
    return taken;
  }
}

/** Not a matter of headers: the server's framework takes `content-encoding` off. */
async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { writable, readable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // What is wrong with the bytes is heard where they are read.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  return new Uint8Array(await new Response(readable).arrayBuffer());
}
