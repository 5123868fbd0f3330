import "server-only";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { maySeeImages } from "./read-roll-out-facts";
import { accessIn } from "./read-roll-out-group";
import { newestRollOuts, toRow } from "./roll-out-rows";
import { settleRollOut } from "./settle-roll-out";
import type { RollOuts } from "./types";

const MOST_ROWS = 200;

/** The target's roll-outs, newest first; those that have not ended as AWS has them now. */
export const listRollOuts = useCase("list-roll-outs", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-roll-outs", () => readList(ctx)),
);

async function readList(ctx: UseCaseContext): Promise<RollOuts> {
  const stored = await newestRollOuts(ctx, MOST_ROWS + 1);
  const seen = stored.slice(0, MOST_ROWS).filter(({ imageNames }) => maySeeImages(ctx, imageNames));
  const doubts: string[] = [];
  const rows = await Promise.all(
    seen.map(async (one) => {
      if (one.endedAt) return toRow(ctx, one);
      const settling = accessIn(ctx, one.region).then((aws) => settleRollOut(ctx, aws, one));
      const { value, reason } = await unlessFailed(settling, { row: one });
      if (reason) doubts.push(`The roll-out to ${one.groupName} could not be read. ${reason}`);
      return toRow(ctx, value.row);
    }),
  );
  return {
    rows,
    isCut: stored.length > MOST_ROWS,
    hidden: Math.min(stored.length, MOST_ROWS) - seen.length,
    doubts,
  };
}
