import "server-only";
import { shownActor } from "@/lib/core/actor";
import { useCase } from "@/lib/use-case/use-case";
import { openSeriesStep } from "./open-series";
import { seriesStepSchema } from "./schemas";
import { startPart } from "./start-part";

/**
 * Starts the roll-out to the group whose turn it is: at its gate, or again after it failed. The groups after it follow by
 * their gates. Returns the ID of the group's roll-out.
 */
export const continueRollOutSeries = useCase(
  "continue-roll-out-series",
  seriesStepSchema,
  async ({ ctx, input }): Promise<{ id: string }> => {
    const { chosen } = await openSeriesStep(ctx, "continue-roll-out-series", input);
    return startPart(ctx, chosen, shownActor(ctx.actor));
  },
);
