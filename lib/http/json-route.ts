import "server-only";
import { createHash } from "node:crypto";
import type { ConsoleError } from "@/lib/core/failure";
import { SLOWED_HEADER } from "@/lib/core/request-facts";
import { toConsoleError } from "@/lib/use-case/console-error";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { countRequest } from "./actor-limits";
import { registerPoll } from "./poll-door";

const STATUS: Record<ConsoleError["code"], number> = {
  "signed-out": 401,
  forbidden: 403,
  "sign-in-again": 403,
  "access-denied": 403,
  "wrong-account": 409,
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

/**
 * A GET route of `app/api/[target]`: context of the caller, use case, JSON or the reason with its status.
 * @param path the folder under `app`, by which polls find the route without Next.
 */
export function jsonRoute<Segments extends Params>(
  path: `/api/[target]/${string}`,
  answer: (ctx: UseCaseContext, segments: Segments, query: URLSearchParams) => Promise<unknown>,
) {
  const route = (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> =>
    answerCall(request, params, async (segments) => ({
      ctx: await openCallContext(segments.target),
      work: (ctx, query) => answer(ctx, segments, query),
    }));
  // The door reads the names of the segments from the path.
  registerPoll(path, (request, { params }) => route(request, { params: params as Promise<Segments> }));
  return route;
}

/** The same below `app/api/all-accounts`: the caller's context is that of the first target that they may see. */
export function allAccountsRoute<Segments extends object>(
  path: `/api/all-accounts/${string}`,
  answer: (ctx: UseCaseContext, query: URLSearchParams, segments: Segments) => Promise<unknown>,
) {
  const route = (request: Request, { params }: { params: Promise<Segments> }): Promise<Response> =>
    answerCall(request, params, async (segments) => ({
      ctx: await openCallContext(),
      work: (ctx, query) => answer(ctx, query, segments),
    }));
  registerPoll(path, (request, { params }) =>
    route(request, { params: params as unknown as Promise<Segments> }),
  );
  return route;
}

async function answerCall<Segments>(
  request: Request,
  params: Promise<Segments>,
  open: (segments: Segments) => Promise<{
    ctx: UseCaseContext;
    work: (ctx: UseCaseContext, query: URLSearchParams) => Promise<unknown>;
  }>,
): Promise<Response> {
  let slowed = false;
  try {
    const { ctx, work } = await open(await params);
    countRequest(ctx.actor.id, "read");
    const value = await work(ctx, new URL(request.url).searchParams).finally(() => {
      slowed = ctx.aws.isSlowed();
    });
    return answerWith(writtenOf(value), request.headers.get("if-none-match"), slowed);
  } catch (error) {
    return errorResponse(error, slowed);
  }
}

type Written = { text: string; etag: string };

/** Answers that many share are written once. */
const written = new WeakMap<object, Written>();

function writtenOf(value: unknown): Written {
  const known = typeof value === "object" && value !== null ? written.get(value) : undefined;
  if (known) return known;
  const text = JSON.stringify(value ?? null);
  const fresh = { text, etag: `"${createHash("sha256").update(text).digest("base64url")}"` };
  if (typeof value === "object" && value !== null) written.set(value, fresh);
  return fresh;
}

/** Who polls and has this answer already is told so: most polls find nothing new. */
function answerWith({ text, etag }: Written, held: string | null, slowed: boolean): Response {
  const headers = { ...headersOf(slowed), etag };
  // A proxy that compresses marks the tag as weak.
  if (held?.replace(/^W\//, "") === etag) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "content-type": "application/json" } });
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
