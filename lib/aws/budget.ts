import "server-only";
import type { Clock } from "@/lib/clock";
import { ConsoleFailure } from "@/lib/image-builder/action-result";

export type BudgetLimits = { ratePerSecond: number; burst: number };

/** How long a page says "slowed by AWS" after the last throttle. */
const SLOWED_FOR_MS = 10_000;
/** Nobody waits longer than this for a call to be sent. */
const MAX_WAIT_MS = 20_000;
const SLOWEST_SHARE = 1 / 16;
const RECOVERY_PER_SECOND = 0.1;

/**
 * A token bucket before one service of one target. It halves its rate at each throttle and wins it back slowly,
 * so the console settles below what the account allows, also when others use the account too.
 */
export class Budget {
  /** When the bucket would be full again; the distance from now is what has been spent. */
  private fullAt: number;
  private share = 1;
  private shareSetAt: number;
  private slowedUntil = 0;

  constructor(
    private readonly limits: BudgetLimits,
    private readonly clock: Clock,
  ) {
    this.fullAt = clock.now();
    this.shareSetAt = clock.now();
  }

  /** Resolves when a call may be sent, in order of asking. An urgent one is counted but does not wait. */
  async take({ urgent = false }: { urgent?: boolean } = {}): Promise<void> {
    const now = this.clock.now();
    const msPerToken = this.msPerToken();
    const start = Math.max(this.fullAt, now);
    const waitMs = start + msPerToken - now - this.limits.burst * msPerToken;
    if (waitMs > MAX_WAIT_MS && !urgent) {
      throw new ConsoleFailure({
        code: "slowed-by-aws",
        message: "Too many reads wait for this account already. They are tried again.",
      });
    }
    this.fullAt = start + msPerToken;
    if (waitMs > 0 && !urgent) await this.clock.sleep(waitMs);
  }

  /** AWS throttled a call: spend what is left and go on at half the rate. */
  throttled(): void {
    const now = this.clock.now();
    this.share = Math.max(this.currentShare() / 2, SLOWEST_SHARE);
    this.shareSetAt = now;
    this.fullAt = Math.max(this.fullAt, now + this.limits.burst * this.msPerToken());
    this.slowedUntil = now + SLOWED_FOR_MS;
  }

  isSlowed(): boolean {
    return this.clock.now() < this.slowedUntil;
  }

  private currentShare(): number {
    const seconds = (this.clock.now() - this.shareSetAt) / 1000;
    return Math.min(1, this.share + seconds * RECOVERY_PER_SECOND * this.share);
  }

  private msPerToken(): number {
    return 1000 / (this.limits.ratePerSecond * this.currentShare());
  }
}
