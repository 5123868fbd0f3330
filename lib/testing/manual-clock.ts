import type { Clock } from "@/lib/core/clock";

export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** What was waited for, in order, in milliseconds. */
  readonly waits: number[];
}

/** Stands still until a test moves it, or somebody waits: a wait ends at once and takes its time with it. */
export function manualClock(startMs = Date.UTC(2026, 5, 1, 12)): ManualClock {
  let current = startMs;
  const waits: number[] = [];
  return {
    waits,
    now: () => current,
    advance: (ms) => {
      current += ms;
    },
    sleep: async (ms) => {
      waits.push(ms);
      current += ms;
    },
  };
}
