/** Set by proxy.ts for pages, which cannot see their own address: path and query of the request. */
export const REQUESTED_PATH_HEADER = "x-goldsmith-path";
