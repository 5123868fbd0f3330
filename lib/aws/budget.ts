import "server-only";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { TokenBucket } from "@/lib/core/token-bucket";

export type BudgetLimits = { ratePerSecond: number; burst: number };

/** How long a page says "slowed by AWS" after the last throttle. */
const SLOWED_FOR_MS = 10_000;
/** Nobody waits longer than this for a call to be sent. */
const MAX_WAIT_MS = 20_000;
const SLOWEST_SHARE = 1 / 16;
const DOUBLES_EVERY_MS = 10_000;

/**
 * A token bucket before one service of one target. It halves its rate at each throttle and wins it back slowly,
 * so the console settles below what the account allows, also when others use the account too.
 */
export class Budget {
  /** Calls that may be sent now. */
  private readonly bucket: TokenBucket;
  private share = 1;
  private shareSetAt: number;
  private slowedAt = Number.NEGATIVE_INFINITY;

  constructor(
    limits: BudgetLimits,
    private readonly clock: Clock,
  ) {
    this.bucket = new TokenBucket(
      { burst: limits.burst, ratePerSecond: () => limits.ratePerSecond * this.currentShare() },
      clock,
    );
    this.shareSetAt = clock.now();
  }

  /** Resolves when a call may be sent, in order of asking. An urgent one is counted but does not wait. */
  async take({ urgent = false }: { urgent?: boolean } = {}): Promise<void> {
    const waitMs = this.bucket.waitMs();
    if (waitMs > MAX_WAIT_MS && !urgent) {
      throw new ConsoleFailure({
        code: "slowed-by-aws",
        message: "Too many reads wait for this account already. They are tried again.",
      });
    }
    this.bucket.take();
    if (waitMs > 0 && !urgent) await this.clock.sleep(waitMs);
  }

  /** AWS throttled a call: spend what is left and go on at half the rate. */
  throttled(): void {
    this.bucket.spend();
    this.share = Math.max(this.currentShare() / 2, SLOWEST_SHARE);
    this.shareSetAt = this.clock.now();
    this.slowedAt = this.clock.now();
  }

  isSlowed(): boolean {
    const ago = this.clock.now() - this.slowedAt;
    return ago >= 0 && ago < SLOWED_FOR_MS;
  }

  private currentShare(): number {
    const sinceMs = Math.max(0, this.clock.now() - this.shareSetAt);
    if (this.clock.now() < this.shareSetAt) this.shareSetAt = this.clock.now();
    return Math.min(1, this.share * 2 ** (sinceMs / DOUBLES_EVERY_MS));
  }
}
