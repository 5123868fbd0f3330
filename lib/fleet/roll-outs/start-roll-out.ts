import "server-only";
import { useCase } from "@/lib/use-case/use-case";
import { requireUnplanned } from "../series/series-rows";
import { startRollOutSchema } from "./schemas";
import { checkGroupStart, startInGroup } from "./start-in-group";

/**
 * Starts a roll-out of a version, or of an AMI for which a version is created, to a group, and returns its ID. Everything
 * that the group runs or would start is asked for by its image's name. Throws `conflict` where a refresh is in progress,
 * or where the group waits for its turn in a roll-out of several groups.
 */
export const startRollOut = useCase(
  "start-roll-out",
  startRollOutSchema,
  async ({ ctx, input }): Promise<{ id: string }> => {
    const checked = await checkGroupStart(ctx, input);
    await requireUnplanned(ctx, [input]);
    return startInGroup(ctx, input, checked);
  },
);
