/** Half of the rounds, and 95 of 100, took at most so many milliseconds. */
export type Times = { p50: number; p95: number };

/** Does something over and over, one round after another. */
export async function timeRounds(rounds: number, work: () => Promise<unknown>): Promise<Times> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
  }
  return timesOf(took);
}

export function timesOf(tookMs: number[]): Times {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

export const inWords = ({ p50, p95 }: Times): string =>
  `p50 ${p50.toFixed(1).padStart(8)} ms   p95 ${p95.toFixed(1).padStart(8)} ms`;
