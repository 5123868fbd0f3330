/** The headers by which parts of the console tell each other about a request. A client's own are replaced. */

/** Where the request came from, as `stampRequests` found it. */
export const CLIENT_ADDRESS_HEADER = "x-goldsmith-client";
/** Present when a proxy passed the request on; Next writes X-Forwarded-For by itself. */
export const FORWARDED_HEADER = "x-goldsmith-forwarded";
export const REQUEST_ID_HEADER = "x-request-id";
/** Path and query of a page, which cannot see its own address. Set by proxy.ts. */
export const REQUESTED_PATH_HEADER = "x-goldsmith-path";
/** "1" on every answer for a target that AWS throttles. */
export const SLOWED_HEADER = "x-slowed-by-aws";

/** The address a request came from; a proxy is believed only when GOLDSMITH_TRUSTED_PROXIES names it. */
export const requestAddress = (headers: Pick<Headers, "get">): string | undefined =>
  headers.get(CLIENT_ADDRESS_HEADER) ?? undefined;
