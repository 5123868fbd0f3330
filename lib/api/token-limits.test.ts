import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/core/actor";
import type { ApiFailure } from "./problem";
import { countTokenRequest } from "./token-limits";

const BURST = { read: 300, write: 30 };
const token = (id: string, sharesWith?: string): Actor => ({
  id: `token:${id}`,
  name: id,
  kind: "token",
  grants: [],
  ...(sharesWith !== undefined && { sharesWith }),
});
const leftIn = ({ ratelimit = "" }: Record<string, string>) => Number(/;r=(\d+);/.exec(ratelimit)?.[1]);

// Limits fill with time, which a busy machine takes a lot of.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

let people = 0;
it("is one for all tokens of a person, however many there are and whichever asks", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("read" as const, "write" as const),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.nat(), { minLength: 320, maxLength: 400 }),
      (limit, tokens, order) => {
        const person = `issuer person-${++people}`;
        const other = token(`other ${people}`, `${person} too`);
        const service = token(`service ${people}`);
        let done = 0;
        let left = BURST[limit];
        for (const which of order) {
          try {
            const headers = countTokenRequest(token(`${people} ${which % tokens}`, person), limit);
            done += 1;
            expect(leftIn(headers)).toBeLessThanOrEqual(left);
            left = leftIn(headers);
          } catch (error) {
            expect(error).toMatchObject({ code: "too-many-requests" });
            expect(Number((error as ApiFailure).headers["retry-after"])).toBeGreaterThan(0);
          }
        }
        expect(done).toBe(BURST[limit]);
        for (const one of [other, service])
          expect(leftIn(countTokenRequest(one, limit))).toBe(BURST[limit] - 1);
      },
    ),
    { numRuns: 30 },
  );
});
