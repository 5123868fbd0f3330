import "server-only";
import { LRUCache } from "lru-cache";
import type { Clock } from "@/lib/core/clock";
import { TokenBucket } from "@/lib/core/token-bucket";

export type RateLimit = { perSecond: number; burst: number };

/** Enough for every person and address at once; beyond it, those longest unseen start anew. */
const MAX_KEYS = 10_000;

/** A bucket of tokens for each key: `burst` at once, `perSecond` in the long run. */
export class RateLimiter {
  private readonly buckets = new LRUCache<string, TokenBucket>({ max: MAX_KEYS });

  constructor(
    private readonly limit: RateLimit,
    private readonly clock: Pick<Clock, "now">,
  ) {}

  /** Takes a token; returns undefined when there was one, else the seconds until there is. */
  take(key: string): number | undefined {
    const bucket = this.buckets.get(key) ?? this.add(key);
    const waitMs = bucket.waitMs();
    if (waitMs > 0) return Math.ceil(waitMs / 1000);
    bucket.take();
    return undefined;
  }

  /** What is left without waiting, and in how many seconds all of it is there again. */
  look(key: string): { left: number; fullInSeconds: number } {
    const bucket = this.buckets.get(key) ?? this.add(key);
    return {
      left: Math.floor(bucket.left()),
      fullInSeconds: Math.ceil(bucket.waitMs(this.limit.burst) / 1000),
    };
  }

  private add(key: string): TokenBucket {
    const { perSecond, burst } = this.limit;
    const bucket = new TokenBucket({ ratePerSecond: perSecond, burst }, this.clock);
    this.buckets.set(key, bucket);
    return bucket;
  }
}
