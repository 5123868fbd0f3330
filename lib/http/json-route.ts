import "server-only";
import type { ConsoleError } from "@/lib/image-builder/action-result";
import { toConsoleError } from "@/lib/image-builder/console-error";
import { openContext, type UseCaseContext } from "@/lib/image-builder/use-case-context";

const STATUS: Record<ConsoleError["code"], number> = {
  forbidden: 403,
  "access-denied": 403,
  "not-found": 404,
  invalid: 400,
  conflict: 409,
  "slowed-by-aws": 429,
  unavailable: 503,
  unexpected: 500,
};

/** What a page polls must not be kept by anything between, nor be read by another person of the same browser. */
const HEADERS = { "cache-control": "no-store" };
/** Read by `lib/queries/fetch-json.ts`. */
const SLOWED_HEADER = "x-slowed-by-aws";

type Params = { target: string };

/** A GET route of `app/api/[target]`: context of the caller, use case, JSON or the reason with its status. */
export function jsonRoute<Segments extends Params>(
  answer: (ctx: UseCaseContext, segments: Segments, query: URLSearchParams) => Promise<unknown>,
) {
  return async (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> => {
    try {
      const segments = await params;
      const ctx = await openContext(segments.target);
      const value = await answer(ctx, segments, new URL(request.url).searchParams);
      const headers = ctx.aws.isSlowed() ? { ...HEADERS, [SLOWED_HEADER]: "1" } : HEADERS;
      return Response.json(value, { headers });
    } catch (error) {
      return errorResponse(toConsoleError(error));
    }
  };
}

export const errorResponse = (error: ConsoleError): Response =>
  Response.json({ error }, { status: STATUS[error.code], headers: HEADERS });
