import "server-only";
import { createHash } from "node:crypto";
import type { z } from "zod";
import { authorize, refuse } from "@/lib/auth/authorize";
import { PERMISSIONS, permits } from "@/lib/auth/permissions";
import { identifyFeedKey, identifyToken, type TokenCaller } from "@/lib/auth/tokens/token-identity";
import { touchToken } from "@/lib/auth/tokens/token-rows";
import { shareOf } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { requestAddress } from "@/lib/core/request-facts";
import { MINUTE_MS } from "@/lib/core/time";
import { apiV1Urls } from "@/lib/core/urls";
import { holdStream } from "@/lib/http/actor-limits";
import { streamBytes } from "@/lib/http/byte-stream-route";
import { Holding } from "@/lib/http/holding";
import { trackStream } from "@/lib/http/open-streams";
import { isStillEntitled } from "@/lib/http/still-entitled";
import { runtime } from "@/lib/use-case/runtime";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { documentResponse } from "./api-document";
import { findOperation } from "./find-operation";
import { answerOnce, idempotencyKeyOf, type KeptAnswer } from "./kept-answers";
import type { ApiAnswer, Operation } from "./operation";
import { OPERATIONS } from "./operations/all-operations";
import { ApiFailure, problemResponse } from "./problem";
import { readBody } from "./read-body";
import { countTokenRequest } from "./token-limits";

const PREFIX = "/api/v1";
/** How often it is looked again for a client that waits. */
const ASK_EVERY_MS = 2_000;
const TEXT_HEADERS = {
  "content-type": "text/plain; charset=utf-8",
  // Compression and buffering proxies would hold lines back.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  // A log is text whatever it holds: no browser may take it for a page.
  "x-content-type-options": "nosniff",
};

/**
 * The programs' door: a token in, one operation of the table, JSON or a problem out. It reads no cookie, and the other
 * doors read no token. A request without a valid token learns nothing else.
 */
export async function answerApi(request: Request): Promise<Response> {
  let headers: Record<string, string> = {};
  try {
    const { pathname, search, searchParams } = new URL(request.url);
    if (pathname === apiV1Urls.document()) return documentResponse();
    const running = runtime();
    const { orm } = await running.database();
    const now = running.clock.now();
    const caller = await callerOf(request);
    const method = request.method === "HEAD" ? "GET" : request.method;
    headers = countTokenRequest(caller.actor, method === "GET" ? "read" : "write");
    const address = requestAddress(request.headers);
    await touchToken(orm, caller.row, { now, address });
    const { operation, path } = operationOf(method, pathname.slice(PREFIX.length));
    const ctx = contextOf(caller, path.target, address);
    // Anyone who finds a feed's address can read that feed, and nothing else of the API.
    if (caller.row.kind === "feed" && operation.mediaType === undefined)
      await refuse(ctx, operation.action, nameIn(operation, path), "A feed key reads feeds only.");
    const body = operation.method === "get" ? "" : await readBody(request);
    const answer = () => answerOperation(request, { operation, ctx, path, searchParams, body });
    const key = operation.method === "get" ? undefined : idempotencyKeyOf(request.headers);
    // A caller who has lost the right gets no kept answer: they are refused, on record.
    const mayRepeat = permits(ctx.actor, operation.action, ctx.target.id, nameIn(operation, path));
    if (key === undefined || !mayRepeat) return withHeaders(await answer(), headers);
    const sent = `${method} ${pathname}${search} ${body}`;
    const kept = await answerOnce({ orm, now }, { tokenId: caller.row.id, key, request: sent }, async () =>
      keep(await answer().catch(problemResponse)),
    );
    return withHeaders(new Response(kept.body, { status: kept.status, headers: kept.headers }), headers);
  } catch (error) {
    return problemResponse(error, headers);
  }
}

async function callerOf(request: Request): Promise<TokenCaller> {
  const { database, clock, config } = runtime();
  const { orm } = await database();
  const facts = { orm, signIn: config.signIn, now: clock.now(), tokenDays: config.tokenDays };
  const key = new URL(request.url).searchParams.get("key");
  if (key === null || request.headers.has("authorization") || !isFeed(request))
    return identifyToken(request.headers, facts);
  return identifyFeedKey(key, facts);
}

/** Whether a request is for a document that feed readers ask for. */
function isFeed({ url, method }: Request): boolean {
  const asked = method === "HEAD" ? "GET" : method;
  const found = findOperation(OPERATIONS, asked, new URL(url).pathname.slice(PREFIX.length));
  return found !== undefined && "operation" in found && found.operation.mediaType !== undefined;
}

function operationOf(method: string, pathname: string) {
  const found = findOperation(OPERATIONS, method, pathname);
  if (!found) throw new ApiFailure("not-found", "The API has no such address. See /api/v1/openapi.json.");
  if ("operation" in found) return found;
  const allow = found.allowed.join(", ");
  throw new ApiFailure("method-not-allowed", `This address takes ${allow}.`, { allow });
}

function contextOf({ actor }: TokenCaller, targetId: string | undefined, origin: string | undefined) {
  const running = runtime();
  const { targets } = running.config;
  const first = targets.find(({ id }) => permits(actor, "list-targets", id)) ?? targets[0];
  return contextIn(running, { targetId: targetId ?? first?.id ?? "", actor, origin });
}

type Asked = {
  operation: Operation;
  ctx: UseCaseContext;
  path: Record<string, string>;
  searchParams: URLSearchParams;
  body: string;
};

async function answerOperation(request: Request, asked: Asked): Promise<Response> {
  const { operation, ctx, searchParams } = asked;
  const path = await parse(asked, operation.pathSchema, asked.path);
  const query = await parse(asked, operation.query, Object.fromEntries(searchParams));
  const body = operation.body && (await parse(asked, operation.body, jsonOf(asked.body)));
  const ask = (signal: AbortSignal) => operation.work({ ctx, path, query, body, signal });
  if (operation.mediaType !== undefined)
    return documentAnswer(request, await ask(request.signal), operation.mediaType);
  if (operation.answer === undefined) return textAnswer(request, ctx, ask);
  const { isSettled } = operation;
  const { wait = 0 } = query as { wait?: number };
  const answer =
    isSettled && wait > 0 ? await settled(request, ctx, ask, { isSettled, wait }) : await ask(request.signal);
  return jsonAnswer(request, jsonPart(answer), operation.status);
}

/**
 * Asks again until there is nothing to wait for, until the answer differs from the one that the client holds, or until
 * its patience ends. What is asked of AWS is shared, so that many who wait cost what one costs.
 */
async function settled(
  request: Request,
  ctx: UseCaseContext,
  ask: (signal: AbortSignal) => Promise<ApiAnswer<unknown>>,
  { isSettled, wait }: { isSettled: (value: unknown) => boolean; wait: number },
): Promise<ApiAnswer<unknown>> {
  const holding = new Holding(request.signal);
  try {
    holding.add(holdStream(shareOf(ctx.actor)).leave);
    holding.add(trackStream(() => holding.giveBack()));
    const until = ctx.clock.now() + wait * 1000;
    for (;;) {
      const answer = await ask(holding.signal);
      const { value } = jsonPart(answer);
      const isNews = request.headers.has("if-none-match") && !holds(request, etagOf(JSON.stringify(value)));
      if (isNews || isSettled(value) || holding.isOver || ctx.clock.now() >= until) return answer;
      await ctx.clock.sleep(Math.min(ASK_EVERY_MS, until - ctx.clock.now()), holding.signal);
    }
  } finally {
    holding.giveBack();
  }
}

/** Text as it is written, for as long as the token is valid: it is looked at again each minute. */
async function textAnswer(
  request: Request,
  ctx: UseCaseContext,
  ask: (signal: AbortSignal) => Promise<ApiAnswer<unknown>>,
): Promise<Response> {
  const ended = new AbortController();
  const watched = new Request(request, { signal: AbortSignal.any([request.signal, ended.signal]) });
  return streamBytes(watched, {
    actorId: shareOf(ctx.actor),
    open: async (signal) => {
      const answer = await ask(signal);
      if (!("text" in answer)) throw new Error("the operation has no schema, and answers no text");
      const untrack = trackStream(() => ended.abort());
      const check = setInterval(() => {
        void isStillEntitled({ actor: ctx.actor, targetId: ctx.target.id }, () =>
          callerOf(request).catch(goneIfRefused),
        ).then((may) => may || ended.abort());
      }, MINUTE_MS);
      signal.addEventListener("abort", () => {
        clearInterval(check);
        untrack();
      });
      return { pieces: encoded(answer.text), headers: TEXT_HEADERS };
    },
  });
}

async function* encoded(parts: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(part);
}

/** A token that is refused by now is nobody; a database that is away says nothing. */
function goneIfRefused(error: unknown): undefined {
  if (error instanceof ConsoleFailure && error.detail.code === "signed-out") return undefined;
  throw error;
}

function jsonPart(answer: ApiAnswer<unknown>) {
  if (!("value" in answer)) throw new Error("the operation has a schema, and answers text");
  return answer;
}

/** What is wrong with a request is told to whom may make it; the others are refused, on record. */
async function parse({ operation, ctx, path }: Asked, schema: z.ZodType, value: unknown): Promise<unknown> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  await authorize(ctx, operation.action, nameIn(operation, path));
  throw parsed.error;
}

/** The name that an operation is about, as its path has it; undefined for what is about none. */
const nameIn = ({ action }: Operation, path: Record<string, string>): string | undefined =>
  "names" in PERMISSIONS[action] ? (path.pipeline ?? path.image ?? "") : undefined;

function jsonOf(body: string): unknown {
  if (body.trim() === "") return {};
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new ApiFailure("invalid", "The body is not JSON.");
  }
}

/** The value with its `ETag`, or 304 when the client has it already, and a link to the next page. */
function jsonAnswer(
  request: Request,
  { value, cursor, location }: { value: unknown; cursor?: string; location?: string },
  status: number,
): Response {
  const text = JSON.stringify(value);
  const etag = etagOf(text);
  const headers = {
    "cache-control": "no-store",
    ...(request.method !== "POST" && { etag }),
    ...(location !== undefined && { location }),
    ...(cursor !== undefined && { link: `<${nextPage(request.url, cursor)}>; rel="next"` }),
  };
  if (request.method !== "POST" && holds(request, etag)) return new Response(null, { status: 304, headers });
  return new Response(text, { status, headers: { ...headers, "content-type": "application/json" } });
}

/** A document with its `ETag`, or 304 when the reader has it already. Its address may hold a key, which goes nowhere else. */
function documentAnswer(request: Request, answer: ApiAnswer<unknown>, mediaType: string): Response {
  if (!("document" in answer)) throw new Error("the operation has a media type, and answers no document");
  const etag = etagOf(answer.document);
  const headers = { ...TEXT_HEADERS, "cache-control": "no-store", "referrer-policy": "no-referrer", etag };
  if (holds(request, etag)) return new Response(null, { status: 304, headers });
  return new Response(answer.document, {
    headers: { ...headers, "content-type": `${mediaType}; charset=utf-8` },
  });
}

const etagOf = (text: string) => `"${createHash("sha256").update(text).digest("base64url")}"`;

/** Whether the client has the answer already. A proxy that compresses marks the tag as weak. */
const holds = ({ headers }: Request, etag: string): boolean =>
  headers.get("if-none-match")?.replace(/^W\//, "") === etag;

function nextPage(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.set("cursor", cursor);
  return `${pathname}?${searchParams}`;
}

async function keep(response: Response): Promise<KeptAnswer> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
