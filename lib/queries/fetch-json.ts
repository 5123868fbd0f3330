import type { ConsoleError } from "@/lib/image-builder/action-result";
import { noteSlowed } from "./slowed-by-aws";

/** A refused or failed read, with the reason a person can act on. */
export class ReadError extends Error {
  override name = "ReadError";
  constructor(readonly detail: ConsoleError) {
    super(detail.message);
  }
}

/** GETs one of `apiUrls`. Throws `ReadError` when the console answers with a reason or not at all. */
export async function fetchJson<Value>(url: string, signal?: AbortSignal): Promise<Value> {
  const response = await fetch(url, { signal, headers: { accept: "application/json" } }).catch((cause) => {
    if (signal?.aborted) throw cause;
    throw new ReadError({ code: "unavailable", message: "The console does not answer. Retrying." });
  });
  noteSlowed(url, response.headers);
  if (response.ok) return (await response.json()) as Value;
  const body = (await response.json().catch(() => null)) as { error?: ConsoleError } | null;
  throw new ReadError(
    body?.error ?? { code: "unexpected", message: `The console answered with status ${response.status}.` },
  );
}
