import "server-only";
import { refuse } from "@/lib/auth/authorize";
import { shownActor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { authorizeImages } from "../roll-outs/read-roll-out-facts";
import { partState } from "./judge-series";
import { findSeenSeries, maySeePart } from "./open-series";
import { seriesKeySchema } from "./schemas";
import { endSeriesRow } from "./series-rows";

/**
 * Ends a roll-out of several groups: those that were not started stay as they are, and a refresh in progress goes on.
 * Asked for by the images of every group that is not done.
 */
export const endRollOutSeries = useCase(
  "end-roll-out-series",
  seriesKeySchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { parts } = await findSeenSeries(ctx, id);
    const now = ctx.clock.now();
    const left = parts.filter(({ facts }) => !["succeeded", "skipped"].includes(partState(facts, now)));
    if (!left.every((part) => maySeePart(ctx, part)))
      await refuse(
        ctx,
        "end-roll-out-series",
        undefined,
        "Some of its groups run images that you may not see. Only somebody who may see all of them can end it.",
      );
    await authorizeImages(ctx, "end-roll-out-series", [
      ...new Set((left.length > 0 ? left : parts).flatMap(({ part }) => part.imageNames)),
    ]);
    const groups = left.map(({ part }) => part.groupName);
    const write = { resource: groups[0] ?? parts[0]?.part.groupName ?? "", input: { id, groups } };
    return recordWrite(ctx, "end-roll-out-series", write, async () => {
      const by = shownActor(ctx.actor);
      if (await endSeriesRow(await ctx.database(), id, { by, now })) return { value: null };
      throw new ConsoleFailure({ code: "conflict", message: "This roll-out has ended." });
    });
  },
);
