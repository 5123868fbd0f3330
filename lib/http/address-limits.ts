import "server-only";
import { systemClock } from "@/lib/core/clock";
import { processSingleton } from "@/lib/core/process-singleton";
import { RateLimiter } from "./rate-limiter";
import type { GateRefusal } from "./request-gate";

/** A whole company may sit behind one address, so only floods are stopped; sign-in is where passwords are tried. */
const ANY = { perSecond: 500, burst: 3_000 };
const SIGN_IN = { perSecond: 5, burst: 60 };
const limiters = () =>
  processSingleton("address-limits", () => ({
    any: new RateLimiter(ANY, systemClock),
    signIn: new RateLimiter(SIGN_IN, systemClock),
  }));

/** What the orchestrator and Prometheus ask must be answered under a flood too. */
const NEVER_LIMITED = /^\/api\/(health|ready|metrics)$/;

/** Counts a request of an address; gives the refusal when there were too many. */
export function spendAddress(
  address: string | undefined,
  path: string,
): (GateRefusal & { retryAfterSeconds: number }) | undefined {
  if (NEVER_LIMITED.test(path)) return undefined;
  const key = address ?? "unknown";
  const { any, signIn } = limiters();
  // A provider that ends many sessions at once does so from one address.
  const isSignIn =
    (path.startsWith("/api/auth/") && path !== "/api/auth/backchannel-logout") || path === "/sign-in";
  const retryAfterSeconds = any.take(key) ?? (isSignIn ? signIn.take(key) : undefined);
  if (retryAfterSeconds === undefined) return undefined;
  return {
    status: 429,
    message: `Too many requests come from this address. Try again in ${retryAfterSeconds} s.`,
    retryAfterSeconds,
  };
}
