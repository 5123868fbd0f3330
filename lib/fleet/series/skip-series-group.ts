import "server-only";
import { shownActor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { endWhenDone } from "./end-when-done";
import { openSeriesStep } from "./open-series";
import { seriesStepSchema } from "./schemas";
import { changePart } from "./series-rows";

/** Leaves the group out whose turn it is, as it is now. The one after it then waits for a person. */
export const skipSeriesGroup = useCase(
  "skip-series-group",
  seriesStepSchema,
  async ({ ctx, input }): Promise<null> => {
    const { chosen } = await openSeriesStep(ctx, "skip-series-group", input);
    const { part } = chosen;
    await recordWrite(ctx, "skip-series-group", { resource: part.groupName, input }, async () => {
      const isChanged = await changePart(await ctx.database(), part, {
        skippedAt: new Date(ctx.clock.now()),
        skippedBy: shownActor(ctx.actor),
      });
      if (isChanged) return { value: null };
      throw new ConsoleFailure({
        code: "conflict",
        message: `Somebody else decided about ${part.groupName} just now.`,
      });
    });
    await endWhenDone(ctx, input.id);
    return null;
  },
);
