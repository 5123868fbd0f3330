import "server-only";
import { randomUUID } from "node:crypto";
import { useCase } from "@/lib/use-case/use-case";
import { beginRefresh } from "./begin-refresh";
import { openStep } from "./open-step";
import { authorizeGroupNow, readRollOutFacts } from "./read-roll-out-facts";
import { rollOutKeySchema } from "./schemas";

/**
 * Returns a group to what was recorded before a roll-out that has ended: a new instance refresh, in the same pace and
 * without checkpoints, that skips what already runs that version. Returns its ID.
 */
export const returnRollOut = useCase(
  "return-roll-out",
  rollOutKeySchema,
  async ({ ctx, input: { id } }): Promise<{ id: string }> => {
    const { stored } = await openStep(ctx, "return-roll-out", id, "turnBack");
    await authorizeGroupNow(ctx, "return-roll-out", stored);
    const facts = await readRollOutFacts(ctx, { region: stored.region, group: stored.groupName });
    return beginRefresh(
      ctx,
      "return-roll-out",
      { ...facts, imageNames: stored.imageNames },
      {
        to: { version: stored.before.version },
        preferences: {
          ...stored.preferences,
          skipMatching: true,
          checkpointPercentages: [],
          bakeTime: 0,
          // An alarm that fires because of what is replaced here would stop it at once.
          alarms: [],
          autoRollback: false,
        },
        pinTo: undefined,
        withDesired: true,
        before: { ...stored.after, follows: facts.preview.template?.follows ?? stored.after.follows },
        relation: { relatedId: stored.id, relation: "returns" },
        ...(stored.seriesId && { partOf: { seriesId: stored.seriesId, id: randomUUID() } }),
      },
    );
  },
);
