import "server-only";
import type { Clock } from "@/lib/core/clock";
import type { Askers } from "./askers";
import type { Budget } from "./budget";
import { isThrottle, isTransient } from "./errors";

const GIVE_UP_AFTER_MS = 20_000;
const TRANSIENT_TRIES = 3;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 8_000;

/**
 * Sends within the budget, again after a throttle until 20 s have gone, and up to three times when AWS or the
 * way to it failed and the call may be sent twice. Waits grow and are drawn at random, so that callers who
 * failed together do not come back together.
 */
export async function sendPatiently<Output>({
  send,
  budget,
  clock,
  random,
  repeatable,
  urgent,
  background = false,
  askers,
}: {
  send: () => Promise<Output>;
  budget: Budget;
  clock: Clock;
  /** 0 to 1, as `Math.random`. */
  random: () => number;
  repeatable: boolean;
  urgent: boolean;
  background?: boolean;
  /** Whose turns it may take. */
  askers: Askers;
}): Promise<Output> {
  const startedAt = clock.now();
  for (let attempt = 1; ; attempt++) {
    await budget.take({ urgent, background, askers });
    try {
      return await send();
    } catch (error) {
      const throttled = isThrottle(error);
      if (throttled) budget.throttled();
      const retry = throttled || (repeatable && isTransient(error) && attempt < TRANSIENT_TRIES);
      const delayMs = random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
      if (!retry || clock.now() - startedAt + delayMs > GIVE_UP_AFTER_MS) throw error;
      await clock.sleep(delayMs);
    }
  }
}
