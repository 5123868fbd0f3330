import fc from "fast-check";
import { expect, it } from "vitest";
import { isLost, isOver, judgeMove, type MoveFacts } from "./judge-move";
import type { ImageNow, InstanceNow } from "./types";

const images = fc.constantFrom<ImageNow[]>("pending", "available", "disabled", "failed", "gone", "not known");
const instances: fc.Arbitrary<InstanceNow> = fc.record({
  state: fc.constantFrom(
    ...["pending", "running", "stopping", "stopped", "shutting-down", "terminated", "gone", "not known"],
  ),
  checks: fc.constantFrom(undefined, "ok", "initializing", "impaired", "not known") as fc.Arbitrary<"ok">,
});
/** Any state of AWS's, also those that no move should come to. */
const facts: fc.Arbitrary<MoveFacts> = fc.record(
  {
    hasEnded: fc.boolean(),
    isCopied: fc.boolean(),
    old: instances,
    ami: images,
    copy: images,
    launched: instances,
  },
  { requiredKeys: ["hasEnded", "isCopied", "old"] },
);

it("offers at most one step, and none after the end", () => {
  fc.assert(
    fc.property(facts, (now) => {
      const can = Object.entries(judgeMove(now)).filter(([, { possible }]) => possible.can);
      expect(can.length).toBeLessThanOrEqual(now.hasEnded ? 0 : 1);
    }),
    { numRuns: 2_000 },
  );
});

it("makes nothing where one is there, may be there, or where there is nothing to make it from", () => {
  fc.assert(
    fc.property(facts, (now) => {
      const { ami, copy, launch, stop } = judgeMove(now);
      const { launched } = now;
      const hasInstance = launched !== undefined && !isOver(launched);
      if (ami.possible.can) expect(now.ami === undefined || isLost(now.ami)).toBe(true);
      if (copy.possible.can) {
        expect(now.isCopied && now.ami === "available").toBe(true);
        expect(now.copy === undefined || isLost(now.copy)).toBe(true);
      }
      if (launch.possible.can) expect(now.isCopied ? now.copy : now.ami).toBe("available");
      if (ami.possible.can || copy.possible.can || launch.possible.can) expect(hasInstance).toBe(false);
      if (stop.possible.can) {
        expect(launched).toMatchObject({ state: "running", checks: "ok" });
        expect(now.old.state).toBe("running");
      }
    }),
    { numRuns: 2_000 },
  );
});

it("says why of each step that cannot be taken", () => {
  fc.assert(
    fc.property(facts, (now) => {
      for (const { possible } of Object.values(judgeMove(now)))
        if (!possible.can) expect(possible.why).toMatch(/^[A-Z].*\.$/);
    }),
  );
});
