import "server-only";
import type { ConsoleError } from "@/lib/image-builder/action-result";
import { toConsoleError } from "@/lib/image-builder/console-error";
import { openCallContext, type UseCaseContext } from "@/lib/image-builder/use-case-context";
import { SLOWED_HEADER } from "@/lib/queries/slowed-by-aws";
import { countRequest } from "./actor-limits";

const STATUS: Record<ConsoleError["code"], number> = {
  "signed-out": 401,
  forbidden: 403,
  "access-denied": 403,
  "not-found": 404,
  invalid: 400,
  conflict: 409,
  "slowed-by-aws": 429,
  unavailable: 503,
  "not-on-record": 500,
  "too-many-requests": 429,
  unexpected: 500,
};

type Params = { target: string };

/** A GET route of `app/api/[target]`: context of the caller, use case, JSON or the reason with its status. */
export function jsonRoute<Segments extends Params>(
  answer: (ctx: UseCaseContext, segments: Segments, query: URLSearchParams) => Promise<unknown>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    let slowed = false;
    try {
      const segments = await params;
      const ctx = await openCallContext(segments.target);
      countRequest(ctx.actor.id, "read");
      const value = await answer(ctx, segments, new URL(request.url).searchParams).finally(() => {
        slowed = ctx.aws.isSlowed();
      });
      return Response.json(value, { headers: headersOf(slowed) });
    } catch (error) {
      return errorResponse(error, slowed);
    }
  };
}

/** The reason of anything thrown, as JSON with the status that fits it. */
export function errorResponse(error: unknown, slowed = false): Response {
  const detail = toConsoleError(error);
  return Response.json({ error: detail }, { status: STATUS[detail.code], headers: headersOf(slowed) });
}

/** What a page polls must not be kept by anything between, nor be read by another person of the same browser. */
const headersOf = (slowed: boolean) => ({
  "cache-control": "no-store",
  ...(slowed && { [SLOWED_HEADER]: "1" }),
});
