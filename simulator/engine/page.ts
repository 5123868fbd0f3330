export interface Page<Row> {
  items: Row[];
  nextToken?: string;
}

/**
 * One page of `rows`. The token is opaque and only good for the `query` it was given for;
 * `refuse` throws the service's own exception for any other.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  request: { nextToken?: string | undefined; maxResults?: number | undefined },
  options: { defaultSize: number; query?: unknown; refuse: () => never },
): Page<Row> {
  const query = checksum(JSON.stringify(options.query ?? null));
  const start = request.nextToken === undefined ? 0 : (startOf(request.nextToken, query) ?? options.refuse());
  if (start > rows.length) options.refuse();
  const end = start + (request.maxResults ?? options.defaultSize);
  const items = rows.slice(start, end);
  return end < rows.length ? { items, nextToken: tokenFor(end, query) } : { items };
}

/** The seal keeps a token from being made up or changed: the place alone says nothing. */
function tokenFor(start: number, query: string): string {
  return Buffer.from(JSON.stringify([start, sealOf(start, query)])).toString("base64url");
}

const sealOf = (start: number, query: string): string => checksum(`${query}/${start}`);

function startOf(token: string, query: string): number | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    const [start, seal] = parsed as [unknown, unknown];
    return typeof start === "number" && seal === sealOf(start, query) ? start : undefined;
  } catch {
    return undefined;
  }
}

/** FNV-1a; binds a token to its query, and is no secret. */
export function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
