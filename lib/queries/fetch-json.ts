import type { ConsoleError } from "@/lib/core/failure";
import { RecentMap } from "@/lib/core/recent-map";
import { noteSlowed } from "./slowed-by-aws";

/** A refused or failed read, with the reason a person can act on. */
export class ReadError extends Error {
  override name = "ReadError";
  constructor(readonly detail: ConsoleError) {
    super(detail.message);
  }
}

/** What polls have answered last, so that the same answer is neither sent nor read again. */
const answered = new RecentMap<string, { etag: string; value: unknown }>(40);

/** GETs one of `apiUrls`. Throws `ReadError` when the console answers with a reason or not at all. */
export async function fetchJson<Value>(url: string, signal?: AbortSignal): Promise<Value> {
  const held = answered.get(url);
  const headers = { accept: "application/json", ...(held && { "if-none-match": held.etag }) };
  const response = await fetch(url, { signal, headers }).catch((cause) => {
    if (signal?.aborted) throw cause;
    throw new ReadError({ code: "unavailable", message: "The console isn't responding. Retrying." });
  });
  noteSlowed(url, response.headers);
  if (held && response.status === 304) return held.value as Value;
  if (response.ok) {
    const value = (await response.json()) as Value;
    hold(url, response.headers.get("etag"), value);
    return value;
  }
  const body = (await response.json().catch(() => null)) as { error?: ConsoleError } | null;
  throw new ReadError(
    body?.error ?? { code: "unexpected", message: `The console answered with status ${response.status}.` },
  );
}

function hold(url: string, etag: string | null, value: unknown): void {
  if (etag === null) answered.delete(url);
  else answered.set(url, { etag, value });
}
