import fc from "fast-check";
import { expect, it } from "vitest";
import { manualClock } from "@/lib/testing/manual-clock";
import { orAfter, systemClock } from "./clock";
import { RecentMap } from "./recent-map";
import { TokenBucket } from "./token-bucket";

it("a bucket never lets more pass than burst and rate together, however the clock moves", () => {
  const moves = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      moves,
      (rate, burst, steps) => {
        const clock = manualClock();
        const bucket = new TokenBucket({ ratePerSecond: rate, burst }, clock);
        let [passed, forwardMs] = [0, 0];
        for (const step of steps) {
          clock.advance(step);
          forwardMs += Math.max(0, step);
          while (bucket.waitMs() === 0) {
            bucket.take();
            passed++;
          }
        }
        expect(passed).toBeGreaterThanOrEqual(burst);
        expect(passed).toBeLessThanOrEqual(burst + (forwardMs / 1000) * rate + 1e-6);
      },
    ),
  );
});

it("a bucket is open again after the time it says, also for those who took before they could", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 30 }), (rate, ahead) => {
      const clock = manualClock();
      const bucket = new TokenBucket({ ratePerSecond: rate, burst: 3, atFirst: 1 }, clock);
      for (let taken = 0; taken <= ahead; taken++) bucket.take();
      clock.advance(bucket.waitMs());
      // A clock counts milliseconds since 1970: its fractions are not exact.
      expect(bucket.waitMs()).toBeLessThan(0.01);
    }),
  );
});

it("a wait ends when it is told to, and one that was told before does not begin", async () => {
  const stopping = new AbortController();
  const { sleep: wait } = systemClock;
  const waited = wait(600_000, stopping.signal);
  stopping.abort();
  await waited;
  await wait(600_000, stopping.signal);
});

it("work that takes too long is answered for, and what fails in time fails", async () => {
  const never = new Promise<string>(() => undefined);
  expect(await orAfter(1, never, () => "late")).toBe("late");
  expect(await orAfter(600_000, Promise.resolve("done"), () => "late")).toBe("done");
  const refused = Promise.reject(new Error("refused"));
  await expect(orAfter(600_000, refused, () => "late")).rejects.toThrow("refused");
  const tooLate = () => {
    throw new Error("too late");
  };
  await expect(orAfter(1, never, tooLate)).rejects.toThrow("too late");
});

it("a map of what is recent holds what was used last", () => {
  const map = new RecentMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.get("a");
  map.set("c", 3);
  expect(["a", "b", "c"].map((key) => map.peek(key))).toEqual([1, undefined, 3]);
});
