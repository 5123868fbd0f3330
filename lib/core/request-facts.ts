/** The headers by which parts of the console tell each other about a request. A client's own are replaced. */

/** Where the request came from, as `stampRequests` found it. */
export const CLIENT_ADDRESS_HEADER = "x-goldsmith-client";
/** Present when a proxy passed the request on; Next writes X-Forwarded-For by itself. */
export const FORWARDED_HEADER = "x-goldsmith-forwarded";
export const REQUEST_ID_HEADER = "x-request-id";
/** Path and query of a page, which cannot see its own address. Set by proxy.ts. */
export const REQUESTED_PATH_HEADER = "x-goldsmith-path";
/**
 * Whether a request says that somebody is there: a page or an action. Polls and what Next fetches beforehand go on by
 * themselves while nobody looks.
 */
export function isActivity(headers: Pick<Headers, "get">): boolean {
  const path = headers.get(REQUESTED_PATH_HEADER);
  const isByItself = path?.startsWith("/api/") || headers.get("next-router-prefetch") !== null;
  return !isByItself;
}

/** "1" on every answer for a target that AWS throttles. */
export const SLOWED_HEADER = "x-slowed-by-aws";

/** The address a request came from; a proxy is believed only when GOLDSMITH_TRUSTED_PROXIES names it. */
export const requestAddress = (headers: Pick<Headers, "get">): string | undefined =>
  headers.get(CLIENT_ADDRESS_HEADER) ?? undefined;
