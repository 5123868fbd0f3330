import "server-only";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest } from "./actor-limits";
import { streamBytes } from "./byte-stream-route";
import { errorResponse } from "./json-route";

export type ServedFile = { name: string; type: string; parts: AsyncGenerator<string> };

/** A GET route that gives a file, written as it is read. What fails before its first byte is answered with its status. */
export function fileRoute<Segments extends { target?: string }>(
  open: (
    ctx: UseCaseContext,
    segments: Segments,
    request: { query: URLSearchParams; signal: AbortSignal },
  ) => Promise<ServedFile>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    try {
      // Next gives none to a route without a name in brackets.
      const segments = (await params) ?? ({} as Segments);
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "file");
      const query = new URL(request.url).searchParams;
      return await streamBytes(request, {
        actorId: ctx.actor.id,
        open: async (signal) => {
          const { name, type, parts } = await open(ctx, segments, { query, signal });
          return { pieces: encoded(parts), headers: headersOf(name, type) };
        },
      });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

const headersOf = (name: string, type: string) => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]/g, "-")}"`,
  "cache-control": "no-store",
  // A log is text whatever it holds: no browser may take it for a page.
  "x-content-type-options": "nosniff",
});

async function* encoded(parts: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(part);
}
