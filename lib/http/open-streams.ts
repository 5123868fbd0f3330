import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";

const state = () => processSingleton("streams", () => ({ ends: new Set<() => void>(), isDraining: false }));

/** Has `end` called when the process is about to stop; gives what takes it off the list. */
export function trackStream(end: () => void): () => void {
  const { ends, isDraining } = state();
  if (isDraining) queueMicrotask(end);
  ends.add(end);
  return () => ends.delete(end);
}

/**
 * Ends every open stream in an orderly way: each viewer has all that was sent and goes on elsewhere, from its
 * cursor. From then on this process says that it is not ready.
 */
export function drainStreams(): void {
  const current = state();
  current.isDraining = true;
  for (const end of [...current.ends]) end();
}

export const isDraining = (): boolean => state().isDraining;
export const countStreams = (): number => state().ends.size;
