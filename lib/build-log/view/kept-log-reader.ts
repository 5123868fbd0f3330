export type KeptLogPartBytes = { text: Uint8Array; events: Float64Array };

/** Asked for ahead of the one that is read, so that the network never waits for the reader. */
const PARTS_AHEAD = 2;

/**
 * Reads the parts of a kept log from `first` on, in order. `addressOf` names a part's two files. Throws when one
 * cannot be had; who reads may begin again at the part that is missing.
 */
export async function* readKeptLog(
  parts: { first: number; count: number },
  addressOf: (part: number, of: "text" | "events") => string,
  signal: AbortSignal,
): AsyncGenerator<KeptLogPartBytes> {
  const read = async (part: number): Promise<KeptLogPartBytes> => {
    const [text, events] = await Promise.all([
      readBytes(addressOf(part, "text"), signal),
      readBytes(addressOf(part, "events"), signal),
    ]);
    return { text: new Uint8Array(text), events: new Float64Array(events) };
  };
  const asked: Promise<KeptLogPartBytes>[] = [];
  let next = parts.first;
  const ask = () => {
    if (next === parts.count) return;
    const part = read(next++);
    // Whoever waits for it hears of a failure; one that nobody waits for any more is no news.
    part.catch(() => undefined);
    asked.push(part);
  };
  for (let ahead = 0; ahead <= PARTS_AHEAD; ahead++) ask();
  for (let part = asked.shift(); part; part = asked.shift()) {
    const bytes = await part;
    ask();
    yield bytes;
  }
}

async function readBytes(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal, cache: "no-store" });
  if (!response.ok || !response.body) {
    throw new Error(`The console answered with status ${response.status}.`);
  }
  // Not a matter of headers: the server's framework takes `content-encoding` off.
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
