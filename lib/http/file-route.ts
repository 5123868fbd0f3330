import "server-only";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest } from "./actor-limits";
import { errorResponse } from "./json-route";

export type ServedFile = { name: string; type: string; parts: AsyncGenerator<string> };

/** A GET route that gives a file, written as it is read. What fails before its first byte is answered with its status. */
export function fileRoute<Segments extends { target: string }>(
  open: (
    ctx: UseCaseContext,
    segments: Segments,
    request: { query: URLSearchParams; signal: AbortSignal },
  ) => Promise<ServedFile>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    const left = new AbortController();
    request.signal.addEventListener("abort", () => left.abort(), { once: true });
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "file");
      const query = new URL(request.url).searchParams;
      const { name, type, parts } = await open(ctx, segments, { query, signal: left.signal });
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value, done } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        },
        cancel: () => left.abort(),
      });
      return new Response(body, {
        headers: {
          "content-type": type,
          "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]/g, "-")}"`,
          "cache-control": "no-store",
          // A log is text whatever it holds: no browser may take it for a page.
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      return errorResponse(error);
    }
  };
}
