import { describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { manualClock } from "@/lib/testing/manual-clock";
import { RateLimiter } from "./rate-limiter";

describe("RateLimiter", () => {
  it("lets a burst through, then as many as the rate allows, and says how long to wait", () => {
    const clock = manualClock();
    const limiter = new RateLimiter({ perSecond: 2, burst: 3 }, clock);
    const take = () => limiter.take("ana");
    expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, 1]);
    clock.advance(1_000);
    expect([take(), take(), take()]).toEqual([undefined, undefined, 1]);
  });

  it("keeps people apart", () => {
    const limiter = new RateLimiter({ perSecond: 1, burst: 1 }, manualClock());
    expect(limiter.take("ana")).toBeUndefined();
    expect(limiter.take("ben")).toBeUndefined();
    expect(limiter.take("ana")).toBe(1);
  });

  it("shuts nobody out when the clock is set back", () => {
    const clock = manualClock();
    const limiter = new RateLimiter({ perSecond: 1, burst: 2 }, clock);
    limiter.take("ana");
    clock.advance(-HOUR_MS);
    expect(limiter.take("ana")).toBeUndefined();
    clock.advance(1_000);
    expect(limiter.take("ana")).toBeUndefined();
  });
});
