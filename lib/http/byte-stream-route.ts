import "server-only";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest, holdStream } from "./actor-limits";
import { Holding } from "./holding";
import { errorResponse } from "./json-route";

const HEADERS = {
  "content-type": "application/octet-stream",
  "cache-control": "no-store, no-transform",
  "x-content-type-options": "nosniff",
};

/**
 * A GET route that gives bytes as they lie in the database, piece by piece and no faster than they are taken. What
 * fails before the first piece is answered with its status; later the connection breaks off.
 */
export function byteStreamRoute<Segments extends { target: string }>(
  open: (
    ctx: UseCaseContext,
    segments: Segments,
    query: URLSearchParams,
  ) => Promise<AsyncGenerator<Uint8Array>>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "read");
      const query = new URL(request.url).searchParams;
      return await streamBytes(request, {
        actorId: ctx.actor.id,
        open: async () => ({ pieces: await open(ctx, segments, query), headers: HEADERS }),
      });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

type Streaming = {
  actorId: string;
  /** The signal aborts when the reader is gone. */
  open: (
    signal: AbortSignal,
  ) => Promise<{ pieces: AsyncGenerator<Uint8Array>; headers: Record<string, string> }>;
};

/** Bytes as an answer, taken from `open` as they are read, in one of the actor's places. Throws what `open` throws. */
export async function streamBytes(request: Request, { actorId, open }: Streaming): Promise<Response> {
  const holding = new Holding(request.signal);
  try {
    holding.add(holdStream(actorId).leave);
    const { pieces, headers } = await open(holding.signal);
    holding.addReader(pieces);
    // The server's framework answers HEAD with this too and never reads the body: nothing may be held for it.
    if (request.method === "HEAD") holding.giveBack();
    return new Response(request.method === "HEAD" ? null : toByteStream(pieces, holding), { headers });
  } catch (error) {
    holding.giveBack();
    throw error;
  }
}

function toByteStream(pieces: AsyncGenerator<Uint8Array>, holding: Holding): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await pieces.next();
          if (!done) return controller.enqueue(value);
          controller.close();
          holding.giveBack();
        } catch (error) {
          holding.giveBack();
          throw error;
        }
      },
      cancel: () => holding.giveBack(),
    },
    { highWaterMark: 0 },
  );
}
