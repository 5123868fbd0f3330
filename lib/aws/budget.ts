import "server-only";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { TokenBucket } from "@/lib/core/token-bucket";

export type BudgetLimits = { ratePerSecond: number; burst: number };

/** How long a page says "slowed by AWS" after the last throttle. */
const SLOWED_FOR_MS = 10_000;
/** Nobody waits longer than this for a call to be sent. */
const MAX_WAIT_MS = 20_000;
/** A call in the background that has waited so long for people takes its turn. */
const BACKGROUND_PATIENCE_MS = 10_000;
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
  /** Calls that those who wait for a page find there at once. */
  private readonly reserve: number;
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
    this.reserve = limits.burst / 2;
  }

  /**
   * Resolves when a call may be sent, in order of asking. An urgent one is counted but does not wait; one in the
   * background waits until people have left half of the burst, though not for ever.
   */
  async take({
    urgent = false,
    background = false,
  }: {
    urgent?: boolean;
    background?: boolean;
  } = {}): Promise<void> {
    if (background) await this.waitForPeople();
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

  private async waitForPeople(): Promise<void> {
    const { clock, reserve } = this;
    const until = clock.now() + BACKGROUND_PATIENCE_MS;
    for (;;) {
      // Whole milliseconds: what is left over from dividing would never pass.
      const waitMs = Math.ceil(Math.min(this.bucket.waitMs(1 + reserve), until - clock.now()));
      if (waitMs <= 0) return;
      await clock.sleep(waitMs);
    }
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
