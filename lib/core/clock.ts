import "server-only";
import { setTimeout as wait } from "node:timers/promises";

/** Time is an input: whatever depends on it takes a clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Ends after `ms`, or as soon as the signal is aborted; an abort is not an error. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  },
};

/** The value of `work`, or what `late` returns or throws when `ms` of real time are over first. No timer is left. */
export async function orAfter<Value, Late>(
  ms: number,
  work: Promise<Value>,
  late: () => Late,
): Promise<Value | Late> {
  const over = new AbortController();
  const waited = systemClock.sleep(ms, over.signal).then(() => over.signal.aborted || late());
  try {
    // An abort ends the wait after the race, so its value is never the answer.
    return (await Promise.race([work, waited])) as Value | Late;
  } finally {
    over.abort();
  }
}
