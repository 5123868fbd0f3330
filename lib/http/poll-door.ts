import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { processSingleton } from "@/lib/core/process-singleton";
import { REQUESTED_PATH_HEADER, requestAddress } from "@/lib/core/request-facts";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { withRequestHeaders } from "@/lib/use-case/request-headers";
import { spendAddress } from "./address-limits";
import { DATA_POLICY } from "./content-security-policy";
import { refusalOf } from "./request-gate";

type Segments = Record<string, string>;
type Route = (request: Request, context: { params: Promise<Segments> }) => Promise<Response>;
type KnownRoute = { pattern: RegExp; names: string[]; answer: Route };

/** Below this, the headers of a compressed answer cost what it saves. */
const MIN_COMPRESSED = 1_024;
const compress = promisify(gzip);

const routes = () => processSingleton("poll-routes", () => new Map<string, KnownRoute>());

/**
 * Makes a GET route known to the door. Next loads a route at its first request, so that the first poll passes through
 * Next, and the door knows all that follow.
 * @param path as Next's folders are named: `/api/[target]/builds`.
 */
export function registerPoll(path: string, answer: Route): void {
  const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name);
  // Pages about all accounts have routes of their own, where others have a target's ID.
  const ofTarget = path.replace(/(?<=\/)\[target\]\//, `(?!${ALL_ACCOUNTS}/)[target]/`);
  const pattern = new RegExp(`^${ofTarget.replaceAll(/\[\w+\]/g, "([^/?#]+)")}$`);
  routes().set(path, { pattern, names, answer });
}

/**
 * Answers a poll before Next is entered: most requests are polls, and most of them find nothing new. A poll is a GET
 * that names the answer it holds (`If-None-Match`). The same gate, limits, session, permission and use case decide as
 * behind Next; what would be refused at the gate is left to Next, which says so.
 * @param everyAnswer headers that `next.config.js` adds to each answer.
 * @returns whether the request is taken; false leaves it untouched.
 */
export function answerPoll(
  request: IncomingMessage,
  response: ServerResponse,
  everyAnswer: Record<string, string>,
): boolean {
  const { method, url: path = "" } = request;
  if (method !== "GET" || request.headers["if-none-match"] === undefined) return false;
  const [pathname = ""] = path.split("?", 1);
  const known = findRoute(pathname);
  if (!known) return false;
  const headers = headersOf(request);
  if (refusalOf({ method, path, headers }) || spendAddress(requestAddress(headers), pathname)) return false;
  // What a browser says about it is replaced, as proxy.ts does.
  headers.set(REQUESTED_PATH_HEADER, path);
  const asked = new Request(new URL(path, "http://console.invalid"), { headers });
  withRequestHeaders(headers, () => known.answer(asked, { params: Promise.resolve(known.segments) }))
    .then((answer) => send(answer, { request, response, everyAnswer }))
    .catch(() => {
      // A route catches what it can name; nothing of the rest is shown.
      if (response.headersSent) response.destroy();
      else response.writeHead(500, everyAnswer).end();
    });
  return true;
}

function findRoute(pathname: string): { answer: Route; segments: Segments } | undefined {
  for (const { pattern, names, answer } of routes().values()) {
    const found = pattern.exec(pathname);
    if (!found) continue;
    const values = found.slice(1).map(decoded);
    if (values.includes(undefined)) return undefined;
    return { answer, segments: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])) };
  }
  return undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function headersOf({ headers }: IncomingMessage): Headers {
  const given = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) given.set(name, [value].flat().join(name === "cookie" ? "; " : ", "));
  }
  return given;
}

async function send(
  answer: Response,
  {
    request,
    response,
    everyAnswer,
  }: { request: IncomingMessage; response: ServerResponse; everyAnswer: Record<string, string> },
): Promise<void> {
  const body = answer.body ? Buffer.from(await answer.arrayBuffer()) : undefined;
  const isCompressed =
    body !== undefined &&
    body.length >= MIN_COMPRESSED &&
    /\bgzip\b/.test([request.headers["accept-encoding"]].flat().join(","));
  const sent = isCompressed ? await compress(body) : body;
  response.writeHead(answer.status, {
    ...everyAnswer,
    "content-security-policy": DATA_POLICY,
    ...Object.fromEntries(answer.headers),
    ...(body && { vary: "accept-encoding" }),
    ...(isCompressed && { "content-encoding": "gzip" }),
    ...(sent && { "content-length": sent.length }),
  });
  response.end(sent);
}
