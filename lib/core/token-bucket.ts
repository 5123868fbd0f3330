import type { Clock } from "./clock";

export type BucketLimits = {
  /** Tokens a second in the long run; a function where the rate changes. */
  ratePerSecond: number | (() => number);
  /** The most tokens there are at once. */
  burst: number;
  /** Tokens there are at first; as many as `burst` unless told otherwise. */
  atFirst?: number;
};

/**
 * The pace under everything that may happen so often and not more. It counts from its first use. A clock that is set
 * back adds no tokens and takes none away.
 */
export class TokenBucket {
  private tokens: number;
  private countedAt: number | undefined;

  constructor(
    private readonly limits: BucketLimits,
    private readonly clock: Pick<Clock, "now">,
  ) {
    this.tokens = limits.atFirst ?? limits.burst;
  }

  /** Milliseconds until there are so many tokens for whoever asks now; 0 when there are. */
  waitMs(tokens = 1): number {
    this.count();
    return Math.max(0, ((tokens - this.tokens) * 1000) / this.rate());
  }

  /** Tokens that there are now; none while some wait for theirs. */
  left(): number {
    this.count();
    return Math.max(0, this.tokens);
  }

  /** Takes a token, also one that comes only later: the number of those that wait is how far it is below zero. */
  take(): void {
    this.count();
    this.tokens--;
  }

  /** Takes away what is left. */
  spend(): void {
    this.count();
    this.tokens = Math.min(this.tokens, 0);
  }

  private count(): void {
    const now = this.clock.now();
    const elapsedMs = Math.max(0, now - (this.countedAt ?? now));
    this.tokens = Math.min(this.limits.burst, this.tokens + (elapsedMs / 1000) * this.rate());
    this.countedAt = now;
  }

  private rate(): number {
    const { ratePerSecond } = this.limits;
    return typeof ratePerSecond === "number" ? ratePerSecond : ratePerSecond();
  }
}
