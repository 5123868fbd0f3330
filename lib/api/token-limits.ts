import "server-only";
import { type Actor, shareOf } from "@/lib/core/actor";
import { systemClock } from "@/lib/core/clock";
import { processSingleton } from "@/lib/core/process-singleton";
import { type RateLimit, RateLimiter } from "@/lib/http/rate-limiter";
import { ApiFailure } from "./problem";

/** What a build farm that polls needs, and far below what uses up AWS's rates. */
const LIMITS = {
  read: { perSecond: 10, burst: 300 },
  write: { perSecond: 0.5, burst: 30 },
} satisfies Record<string, RateLimit>;

type LimitName = keyof typeof LIMITS;

const limiters = () =>
  processSingleton("token-limits", () => ({
    read: new RateLimiter(LIMITS.read, systemClock),
    write: new RateLimiter(LIMITS.write, systemClock),
  }));

/**
 * Counts a request of a token and says in headers what is left for it: all tokens of a person have one limit together,
 * a service's has one of its own. https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10
 * Throws `too-many-requests` with `Retry-After` when nothing is.
 */
export function countTokenRequest(token: Actor, limit: LimitName): Record<string, string> {
  const limiter = limiters()[limit];
  const share = shareOf(token);
  const waitSeconds = limiter.take(share);
  const { perSecond, burst } = LIMITS[limit];
  const { left, fullInSeconds } = limiter.look(share);
  const headers = {
    "ratelimit-policy": `"${limit}";q=${burst};w=${Math.ceil(burst / perSecond)}`,
    ratelimit: `"${limit}";r=${left};t=${waitSeconds ?? fullInSeconds}`,
  };
  if (waitSeconds === undefined) return headers;
  throw new ApiFailure("too-many-requests", `Too many requests. Try again in ${waitSeconds} s.`, {
    ...headers,
    "retry-after": String(waitSeconds),
  });
}
