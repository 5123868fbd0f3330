import type { Clock } from "@/lib/core/clock";

export type RateLimit = { perSecond: number; burst: number };

/** Enough for every person and address at once; beyond it, those longest unseen start anew. */
const MAX_KEYS = 10_000;

/** A bucket of tokens for each key: `burst` at once, `perSecond` in the long run. */
export class RateLimiter {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly limit: RateLimit,
    private readonly clock: Pick<Clock, "now">,
  ) {}

  /** Takes a token; gives undefined when there was one, else the seconds until there is. */
  take(key: string): number | undefined {
    const { perSecond, burst } = this.limit;
    const now = this.clock.now();
    const known = this.buckets.get(key) ?? { tokens: burst, at: now };
    // A clock that is set back gives nothing, and takes nothing away.
    const elapsedMs = Math.max(0, now - known.at);
    const tokens = Math.min(burst, known.tokens + (elapsedMs / 1000) * perSecond);
    const isTaken = tokens >= 1;
    this.buckets.delete(key);
    this.buckets.set(key, { tokens: isTaken ? tokens - 1 : tokens, at: now });
    const [oldest] = this.buckets.keys();
    if (this.buckets.size > MAX_KEYS && oldest !== undefined) this.buckets.delete(oldest);
    return isTaken ? undefined : Math.ceil((1 - tokens) / perSecond);
  }
}
