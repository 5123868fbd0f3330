import "server-only";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest } from "./actor-limits";
import { errorResponse } from "./json-route";

/** A GET route that finds out where to go: `find` gives a path of this console. What fails is answered with its status. */
export function redirectRoute<Segments extends { target: string }>(
  find: (ctx: UseCaseContext, segments: Segments, query: URLSearchParams) => Promise<string>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "read");
      const location = await find(ctx, segments, new URL(request.url).searchParams);
      return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
    } catch (error) {
      return errorResponse(error);
    }
  };
}
