import { describe, expect, it } from "vitest";
import { planRollOut } from "./plan-roll-out";
import type { RollOutInstance, RollOutPreferences } from "./types";

const PREFERENCES: RollOutPreferences = {
  minHealthyPercentage: 90,
  maxHealthyPercentage: 100,
  instanceWarmup: 300,
  skipMatching: true,
  checkpointPercentages: [],
  checkpointDelay: 3600,
  bakeTime: 0,
  alarms: [],
  autoRollback: false,
  scaleInProtectedInstances: "Wait",
  standbyInstances: "Wait",
};

const fleet = (count: number, over: Partial<RollOutInstance> = {}): RollOutInstance[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `i-${over.version ?? "1"}${over.state ?? ""}${index}`,
    zone: "us-east-1a",
    state: "InService",
    isProtected: false,
    version: "1",
    ...over,
  }));

type Row = [
  name: string,
  given: { instances: RollOutInstance[]; over?: Partial<RollOutPreferences>; desired?: number },
  batches: string,
  capacity: [least: number, most: number],
  others?: { kept?: number; waitedFor?: number; leftOver?: number },
];

/** Batches as their sizes, with the checkpoint behind the one that reaches it. */
const ROWS: Row[] = [
  ["10 at 90 to 100", { instances: fleet(10) }, "1 1 1 1 1 1 1 1 1 1", [9, 10]],
  [
    "AWS's example of checkpoints: 10 at 80 to 100, 20, 50 and 100 percent",
    { instances: fleet(10), over: { minHealthyPercentage: 80, checkpointPercentages: [20, 50, 100] } },
    "2@20 2 1@50 2 2 1",
    [8, 10],
  ],
  [
    "AWS's example of a skipped checkpoint: 2 with 10, 40 and 100 percent",
    { instances: fleet(2), over: { checkpointPercentages: [10, 40, 100] } },
    "1@40 1",
    [1, 2],
  ],
  [
    "100 to 150 in two batches, new ones first",
    { instances: fleet(4), over: { minHealthyPercentage: 100, maxHealthyPercentage: 150 } },
    "2 2",
    [4, 6],
  ],
  [
    "100 to 100 one at a time, the new one first",
    { instances: fleet(3), over: { minHealthyPercentage: 100 } },
    "1 1 1",
    [3, 4],
  ],
  ["0 to 100 all at once", { instances: fleet(5), over: { minHealthyPercentage: 0 } }, "5", [0, 5]],
  [
    "90 to 120: within the range on both sides",
    { instances: fleet(10), over: { maxHealthyPercentage: 120 } },
    "3 3 3 1",
    [9, 12],
  ],
  ["a single instance is an outage", { instances: fleet(1) }, "1", [0, 1]],
  ["a group without instances", { instances: [], desired: 0 }, "", [0, 0]],
  [
    "what matches is skipped",
    { instances: [...fleet(2), ...fleet(2, { version: "2" })], over: { minHealthyPercentage: 50 } },
    "2",
    [2, 4],
    { kept: 2 },
  ],
  [
    "what matches is replaced without skip matching",
    { instances: fleet(2, { version: "2" }), over: { skipMatching: false } },
    "1 1",
    [1, 2],
  ],
  ["everything matches", { instances: fleet(3, { version: "2" }) }, "", [3, 3], { kept: 3 }],
  [
    "what matches counts for a checkpoint: it is a share of the group's instances that must be new",
    {
      instances: [...fleet(2), ...fleet(2, { version: "2" })],
      over: { checkpointPercentages: [50, 75, 100] },
    },
    "1@75 1",
    [3, 4],
    { kept: 2 },
  ],
  [
    "a last checkpoint below 100 percent leaves the rest",
    { instances: fleet(4), over: { checkpointPercentages: [50] } },
    "1 1@50",
    [3, 4],
    { leftOver: 2 },
  ],
  [
    "standby and protected instances are waited for",
    {
      instances: [
        ...fleet(2),
        ...fleet(1, { state: "Standby" }),
        ...fleet(1, { isProtected: true, state: "InService " }),
      ],
    },
    "1 1 1 1",
    [3, 4],
    { waitedFor: 2 },
  ],
  [
    "standby and protected instances are left out",
    {
      instances: [
        ...fleet(2),
        ...fleet(1, { state: "Standby" }),
        ...fleet(1, { isProtected: true, state: "InService " }),
      ],
      over: { standbyInstances: "Ignore", scaleInProtectedInstances: "Ignore" },
    },
    "1 1",
    [3, 4],
    { kept: 2 },
  ],
  [
    "standby and protected instances are replaced like all others",
    {
      instances: [
        ...fleet(2),
        ...fleet(1, { state: "Standby" }),
        ...fleet(1, { isProtected: true, state: "InService " }),
      ],
      over: { standbyInstances: "Terminate", scaleInProtectedInstances: "Refresh" },
    },
    "1 1 1 1",
    [3, 4],
  ],
  [
    "what is ending is not replaced",
    { instances: [...fleet(1), ...fleet(1, { state: "Terminating" })] },
    "1",
    [1, 2],
  ],
];

describe("the plan of a roll-out", () => {
  it.each(ROWS)("%s", (_name, { instances, over, desired }, batches, [least, most], others = {}) => {
    const plan = planRollOut({
      instances,
      desired: desired ?? instances.length,
      version: 2,
      preferences: { ...PREFERENCES, ...over },
    });
    const said = plan.batches.map(({ size, checkpoint }) =>
      checkpoint === undefined ? `${size}` : `${size}@${checkpoint}`,
    );
    expect(said.join(" ")).toBe(batches);
    expect(plan.capacity).toEqual({ least, most });
    expect(plan.kept.length).toBe(others.kept ?? 0);
    expect(plan.waitedFor.length).toBe(others.waitedFor ?? 0);
    expect(plan.leftOver).toBe(others.leftOver ?? 0);
  });

  it("replaces each instance in one batch and goes below no share, whatever the group and the preferences", () => {
    for (let desired = 1; desired <= 12; desired++)
      for (const min of [0, 33, 50, 75, 90, 99, 100])
        for (const max of [100, 110, 133, 150, 200].filter((value) => value - min <= 100))
          for (const checkpointPercentages of [[], [50, 100], [10, 33, 66, 100]]) {
            const preferences = {
              ...PREFERENCES,
              minHealthyPercentage: min,
              maxHealthyPercentage: max,
              checkpointPercentages,
            };
            const plan = planRollOut({ instances: fleet(desired), desired, version: 2, preferences });
            expect(plan.batches.reduce((sum, { size }) => sum + size, 0)).toBe(desired);
            const floor = Math.ceil((desired * min) / 100);
            expect(plan.capacity.least).toBeGreaterThanOrEqual(Math.min(floor, desired - 1));
            expect(plan.capacity.most).toBeLessThanOrEqual(
              Math.max(desired + 1, Math.floor((desired * max) / 100)),
            );
          }
  });

  it("adds up warm-ups, waits at checkpoints and the bake time", () => {
    const preferences = { ...PREFERENCES, checkpointPercentages: [50, 100], bakeTime: 600 };
    const plan = planRollOut({ instances: fleet(2), desired: 2, version: 2, preferences });
    expect(plan.seconds).toEqual({ replacing: 2 * 360, checkpoints: 3600, baking: 600 });
  });
});
