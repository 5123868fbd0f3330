import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manualClock } from "@/lib/testing/manual-clock";
import { UnansweredCalls } from "./unanswered-calls";

describe("calls that AWS has not answered", () => {
  it("name the one that has waited longest, with its try, and none that is answered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ begins: fc.nat(9_000), tries: fc.integer({ min: 1, max: 5 }), fails: fc.boolean() }),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
        async (plans) => {
          const clock = manualClock();
          const calls = new UnansweredCalls(clock);
          const begun = plans.toSorted((a, b) => a.begins - b.begins);
          const ends: (() => void)[] = [];
          const all: Promise<unknown>[] = [];
          let now = 0;
          for (const { begins, tries, fails } of begun) {
            clock.advance(begins - now);
            now = begins;
            all.push(
              calls
                .during("imagebuilder", (tried) => {
                  for (let n = 0; n < tries; n++) tried();
                  return new Promise((resolve, reject) =>
                    ends.push(() => (fails ? reject(new Error("refused")) : resolve(null))),
                  );
                })
                .catch(() => undefined),
            );
          }
          clock.advance(10_000 - now);
          for (const [index, plan] of begun.entries()) {
            expect(calls.slowest(0)).toEqual({
              service: "imagebuilder",
              waitedMs: 10_000 - plan.begins,
              attempt: plan.tries,
            });
            expect(calls.slowest(10_000 - plan.begins)).toBeUndefined();
            ends[index]?.();
            await all[index];
          }
          expect(calls.slowest(0)).toBeUndefined();
        },
      ),
    );
  });
});
