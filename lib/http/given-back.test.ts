import fc from "fast-check";
import { expect, it } from "vitest";
import { holdStream } from "./actor-limits";
import { streamBytes } from "./byte-stream-route";
import { streamEvents } from "./event-stream-route";
import { countStreams } from "./open-streams";

const ADDRESS = "http://console.example/stream";
const PLACES = 40;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What a reader of a log does: holds something from its first piece on, and waits for news until it is told to stop. */
async function* reader<Piece>(
  held: Set<object>,
  pieces: Piece[],
  { fails, waits, signal }: { fails: boolean; waits: boolean; signal: AbortSignal },
): AsyncGenerator<Piece> {
  const mine = {};
  held.add(mine);
  try {
    for (const piece of pieces) {
      if (signal.aborted) return;
      yield piece;
    }
    if (fails) throw new Error("the source broke off");
    if (!waits || signal.aborted) return;
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  } finally {
    held.delete(mine);
  }
}

const step = fc.constantFrom("turn", "open", "read", "abort", "cancel");
const stream = fc.record({
  kind: fc.constantFrom("events", "bytes"),
  method: fc.constantFrom("GET", "GET", "GET", "HEAD"),
  steps: fc.array(step, { maxLength: 8 }),
  pieces: fc.nat(3),
  fails: fc.boolean(),
  waits: fc.boolean(),
  refused: fc.boolean(),
});
type Stream = typeof stream extends fc.Arbitrary<infer Value> ? Value : never;

/** Goes through the steps; what has not been done then is done in the end, as a client that is gone does it. */
async function play({ kind, method, steps, pieces, fails, waits, refused }: Stream, actorId: string) {
  const held = new Set<object>();
  const client = new AbortController();
  let letOpen: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letOpen = resolve;
  });
  const request = new Request(ADDRESS, { method, signal: client.signal });
  const start = async <Piece>(piece: Piece, signal: AbortSignal) => {
    await gate;
    if (refused) throw new Error("not found");
    return reader(held, Array<Piece>(pieces).fill(piece), { fails, waits, signal });
  };
  const answering =
    kind === "events"
      ? streamEvents(request, {
          actorId,
          open: ({ signal }) => start({ event: "a", data: 1 }, signal),
          isEntitled: async () => true,
          beatsBetweenChecks: 4,
        })
      : streamBytes(request, {
          actorId,
          open: async (signal) => ({ pieces: await start(new Uint8Array(3), signal), headers: {} }),
        });
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  answering.then(
    (response) => {
      body = response.body?.getReader();
    },
    () => undefined,
  );
  const acts = {
    turn: settled,
    open: async () => letOpen(),
    read: async () => void body?.read().catch(() => undefined),
    abort: async () => client.abort(),
    cancel: async () => void body?.cancel().catch(() => undefined),
  };
  for (const each of steps) await acts[each]();
  letOpen();
  await answering.catch(() => undefined);
  if (method !== "HEAD") client.abort();
  await settled();
  await settled();
  return held.size;
}

it("everything that streams hold is given back, in whatever order they open, are read, end and are left", async () => {
  const placesBefore = countStreams();
  await fc.assert(
    fc.asyncProperty(
      fc.array(stream, { minLength: 1, maxLength: 12 }),
      fc.uuid(),
      async (streams, actorId) => {
        const held = await Promise.all(streams.map((each) => play(each, actorId)));
        expect(held.reduce((sum, count) => sum + count, 0)).toBe(0);
        expect(countStreams()).toBe(placesBefore);
        // All places are free again: each of them can be taken once more.
        const places = Array.from({ length: PLACES }, () => holdStream(actorId));
        for (const { leave } of places) leave();
      },
    ),
    { numRuns: 300 },
  );
});
