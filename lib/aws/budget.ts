import "server-only";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { TokenBucket } from "@/lib/core/token-bucket";
import { Askers } from "./askers";
import { FairTurns } from "./fair-turns";

export type BudgetLimits = { ratePerSecond: number; burst: number };

/** How long a page says "slowed by AWS" after the last throttle. */
const SLOWED_FOR_MS = 10_000;
/** Nobody waits longer than this for a call to be sent. */
const MAX_WAIT_MS = 20_000;
/** A call in the background that has waited so long for people takes its turn. */
const BACKGROUND_PATIENCE_MS = 10_000;
const SLOWEST_SHARE = 1 / 16;
const DOUBLES_EVERY_MS = 10_000;

/** For calls that nobody in particular asks for. */
const NOBODY = new Askers("");

/**
 * A token bucket before one service of one target. It halves its rate at each throttle and wins it back slowly,
 * so the console settles below what the account allows, also when others use the account too. Who waits for it waits in
 * turn with all other people, however much each asks for.
 */
export class Budget {
  /** Calls that may be sent now. */
  private readonly bucket: TokenBucket;
  private share = 1;
  private shareSetAt: number;
  /** Calls that those who wait for a page find there at once. */
  private readonly reserve: number;
  private slowedAt = Number.NEGATIVE_INFINITY;

  private readonly turns = new FairTurns();
  private isPacing = false;

  constructor(
    private readonly limits: BudgetLimits,
    private readonly clock: Clock,
  ) {
    this.bucket = new TokenBucket({ burst: limits.burst, ratePerSecond: () => this.rate() }, clock);
    this.shareSetAt = clock.now();
    this.reserve = limits.burst / 2;
  }

  /**
   * Resolves when a call may be sent, in fair turns between people. An urgent one is counted but does not wait; one in
   * the background waits first until people have left half of the burst, though not for ever. Throws `slowed-by-aws`
   * where more than 20 s would go by.
   */
  async take({
    urgent = false,
    background = false,
    askers = NOBODY,
  }: {
    urgent?: boolean;
    background?: boolean;
    askers?: Askers;
  } = {}): Promise<void> {
    if (background) await this.waitForPeople();
    const waitMs = this.bucket.waitMs();
    if (urgent || (waitMs === 0 && this.turns.isEmpty)) {
      this.bucket.take();
      return;
    }
    if (waitMs + (this.turns.ahead(askers) * 1000) / this.rate() > MAX_WAIT_MS) {
      throw new ConsoleFailure({
        code: "slowed-by-aws",
        message: "Too many reads wait for this account already. They are tried again.",
      });
    }
    const turn = new Promise<void>((resolve) => this.turns.add(askers, resolve));
    void this.pace();
    await turn;
  }

  /** Lets those who wait go at the rate, as long as there are any. */
  private async pace(): Promise<void> {
    if (this.isPacing) return;
    this.isPacing = true;
    while (!this.turns.isEmpty) {
      const waitMs = this.bucket.waitMs();
      if (waitMs > 0) await this.clock.sleep(waitMs);
      // A throttle or a write may have come meanwhile. What remains of a sleep is less than a clock can tell.
      if (this.bucket.waitMs() > 1) continue;
      this.bucket.take();
      this.turns.next();
    }
    this.isPacing = false;
  }

  private rate(): number {
    return this.limits.ratePerSecond * this.currentShare();
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
