import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import { maySeeImages, readRollOutFacts, seenPreview } from "./read-roll-out-facts";
import { openRollOut } from "./roll-out-rows";
import { groupKeySchema } from "./schemas";
import type { RollOutPreview } from "./types";

/**
 * A group with all that decides its roll-out; `planRollOut` and `wayBackOf` say what follows from it. Throws
 * `not-found` for a group that is not there, or that runs no image which the actor may see.
 */
export const previewRollOut = useCase(
  "preview-roll-out",
  groupKeySchema,
  async ({ ctx, input }): Promise<RollOutPreview> => {
    const { preview: whole, imageNames } = await readRollOutFacts(ctx, input);
    if (!maySeeImages(ctx, imageNames))
      throw new ConsoleFailure({
        code: "not-found",
        message: `${input.group} runs no image that you may see.`,
      });
    const preview = seenPreview(ctx, whole);
    const open = await openRollOut(ctx, input);
    if (!preview.active || open?.refreshId !== preview.active.refreshId || !open) return preview;
    return { ...preview, active: { ...preview.active, rollOutId: open.id } };
  },
);
