import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { requireDestination } from "./begin-move";
import { viewOf } from "./get-move";
import { isOver } from "./judge-move";
import { nextAttempt, updateMove } from "./move-rows";
import { openMove } from "./open-move";
import { openInstance } from "./preview-move";
import { findLaunched } from "./read-moved-instance";
import { changeMoveSchema } from "./schemas";

/**
 * Chooses another subnet, type, or key for a move whose new instance is not there yet, as after a zone had no capacity.
 * The Region stays: what was copied is there. Throws `conflict` once the instance is there.
 */
export const changeMove = useCase(
  "change-move",
  changeMoveSchema,
  async ({ ctx, input: { id, destination } }): Promise<null> => {
    const stored = await openMove(ctx, "change-move", id);
    const { region, instanceId, launchAttempt } = stored;
    if (destination.region !== stored.destination.region)
      throw new ConsoleFailure({
        code: "conflict",
        message: "The Region of a move can't be changed. End this move and start another one.",
      });
    // A launch whose answer was lost has an instance too.
    const there = ctx.aws.inRegion(destination.region);
    const [view, lost] = await Promise.all([viewOf(ctx, stored), findLaunched(there, stored)]);
    if (lost || (view.launched && !isOver(view.launched)))
      throw new ConsoleFailure({ code: "conflict", message: "The new instance already exists." });
    const { instance } = await openInstance(ctx, "change-move", { region, instanceId });
    await requireDestination(ctx, { region, instance, destination });
    const before = { destination: stored.destination };
    const write = { resource: instanceId, input: { id, destination }, before };
    return recordWrite(ctx, "change-move", write, async () => {
      // Another request needs another token.
      await nextAttempt(ctx, id, "launch", launchAttempt);
      await updateMove(ctx, id, { destination });
      return { value: null, after: { destination } };
    });
  },
);
