import type { BuildLogState } from "../types";

/** What an answer that is no log says: asking again does not help those who may not read, or ask for what is not there. */
export async function refusalOf(response: Response): Promise<BuildLogState> {
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  const message = body?.error?.message ?? `The console answered with status ${response.status}.`;
  const isFinal = response.status < 500 && response.status !== 429;
  return { phase: isFinal ? "denied" : "interrupted", message };
}
