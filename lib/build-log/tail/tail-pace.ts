/** After a poll that brought lines, and after one that did not: a reader waits half of it in the median. */
const QUICK_MS = 350;
const QUIET_MS = 650;
/** Nothing for this long: a build waits for an instance or an approval. */
const ASLEEP_AFTER_MS = 120_000;
const ASLEEP_MS = 3_000;

/** Enough for many builds; more would be no quicker to a reader. */
const MOST_PER_SECOND = 4;
const LEAST_PER_SECOND = 0.5;
const OUR_SHARE = 0.4;

/** How long to wait before the next poll of a stream whose last line came `silentForMs` ago. */
export function pollDelayMs(silentForMs: number): number {
  if (silentForMs === 0) return QUICK_MS;
  return silentForMs < ASLEEP_AFTER_MS ? QUIET_MS : ASLEEP_MS;
}

/** After the n-th failure in a row, from 1: doubles up to half a minute. `random` is from 0 to 1. */
export const retryDelayMs = (failures: number, random: number): number =>
  Math.min(1_000 * 2 ** (failures - 1), 30_000) * (0.75 + random / 2);

/**
 * Spreads the polls of all streams of one target, so that the number of builds watched does not decide what
 * CloudWatch is asked: 10 to 25 calls a second serve the whole account, not only this console.
 */
export class PollTurns {
  private nextAt = 0;

  constructor(private perSecond = MOST_PER_SECOND) {}

  /** `allowed` is what AWS allows the account a second: others read logs too, so a share of it is ours. */
  keepWithin(allowed: number): void {
    this.perSecond = Math.min(MOST_PER_SECOND, Math.max(allowed * OUR_SHARE, LEAST_PER_SECOND));
  }

  /** Takes the next turn that is at least `wantedMs` from `now`, and gives how long to wait for it. */
  take(now: number, wantedMs: number): number {
    const at = Math.max(now + wantedMs, this.nextAt);
    this.nextAt = Math.max(this.nextAt, now) + 1000 / this.perSecond;
    return at - now;
  }
}
