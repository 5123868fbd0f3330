import "server-only";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest, holdStream } from "./actor-limits";
import { errorResponse } from "./json-route";

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
    let leave = () => {};
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "read");
      leave = holdStream(ctx.actor.id).leave;
      request.signal.addEventListener("abort", leave, { once: true });
      const pieces = await open(ctx, segments, new URL(request.url).searchParams);
      return new Response(toByteStream(pieces, leave), {
        headers: {
          "content-type": "application/octet-stream",
          "cache-control": "no-store, no-transform",
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      leave();
      return errorResponse(error);
    }
  };
}

function toByteStream(pieces: AsyncGenerator<Uint8Array>, leave: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await pieces.next();
          if (!done) return controller.enqueue(value);
          leave();
          controller.close();
        } catch (error) {
          leave();
          throw error;
        }
      },
      async cancel() {
        leave();
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
