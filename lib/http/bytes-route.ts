import "server-only";
import { openCallContext, type UseCaseContext } from "@/lib/image-builder/use-case-context";
import { countRequest } from "./actor-limits";
import { errorResponse } from "./json-route";

/** A GET route that gives bytes as they lie in the database. */
export function bytesRoute<Segments extends { target: string }>(
  read: (ctx: UseCaseContext, segments: Segments, query: URLSearchParams) => Promise<Buffer>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "read");
      const bytes = await read(ctx, segments, new URL(request.url).searchParams);
      return new Response(new Uint8Array(bytes), {
        headers: {
          "content-type": "application/octet-stream",
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      return errorResponse(error);
    }
  };
}
