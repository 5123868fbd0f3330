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
/** What proxy.ts adds to every answer below /api. */
const OF_DATA = { "content-security-policy": DATA_POLICY };

const routes = () => processSingleton("poll-routes", () => new Map<string, KnownRoute>());

/**
 * Folders of `app/api` that stand beside one that takes any name, by that one: Next takes them first, whether the door
 * knows them or not. A test holds this against the tree.
 */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "/api/[target]": [ALL_ACCOUNTS, "auth", "health", "metrics", "ready", "v1"],
  "/api/[target]/amis/[region]": ["export"],
  "/api/[target]/history/[show]": ["export", "pipelines", "progress"],
  [`/api/${ALL_ACCOUNTS}/history/[show]`]: ["export", "pipelines"],
};

/**
 * Makes a GET route known to the door. Next loads a route at its first request, so that the first poll passes through
 * Next, and the door knows all that follow.
 * @param path as Next's folders are named: `/api/[target]/builds`.
 */
export function registerPoll(path: string, answer: Route): void {
  const names: string[] = [];
  const pattern = path.replaceAll(/\[(\w+)\]/g, (_, name: string, at: number) => {
    names.push(name);
    const others = BESIDE[path.slice(0, at + name.length + 2)] ?? [];
    return `${others.length > 0 ? `(?!(?:${others.join("|")})(?:/|$))` : ""}([^/?#]+)`;
  });
  routes().set(path, { pattern: new RegExp(`^${pattern}$`), names, answer });
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
  const asked = new URL(path, "http://console.invalid");
  // Dots and backslashes lead elsewhere; where to, Next says.
  if (asked.pathname !== pathname) return false;
  const headers = headersOf(request);
  if (refusalOf({ method, path, headers }) || spendAddress(requestAddress(headers), pathname)) return false;
  // What a browser says about it is replaced, as proxy.ts does.
  headers.set(REQUESTED_PATH_HEADER, path);
  const call = new Request(asked, { headers });
  withRequestHeaders(headers, () => known.answer(call, { params: Promise.resolve(known.segments) }))
    .then((answer) => send(answer, { request, response, everyAnswer }))
    .catch(() => {
      // A route catches what it can name; nothing of the rest is shown.
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { ...everyAnswer, ...OF_DATA, "cache-control": "no-store" }).end();
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
    ...OF_DATA,
    ...Object.fromEntries(answer.headers),
    ...(body && { vary: "accept-encoding" }),
    ...(isCompressed && { "content-encoding": "gzip" }),
    ...(sent && { "content-length": sent.length }),
  });
  response.end(sent);
}
