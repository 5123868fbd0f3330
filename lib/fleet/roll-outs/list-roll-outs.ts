import "server-only";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { seriesRow } from "../series/get-roll-out-series";
import { maySeePart } from "../series/open-series";
import { newestSeries } from "../series/series-rows";
import type { RollOutLists } from "../series/types";
import { maySeeImages } from "./read-roll-out-facts";
import { accessIn } from "./read-roll-out-group";
import { newestRollOuts, toRow } from "./roll-out-rows";
import { settleRollOut } from "./settle-roll-out";

const MOST_ROWS = 200;
const MOST_SERIES = 20;

/** The target's roll-outs, of one group and of several, newest first; those that have not ended as AWS has them now. */
export const listRollOuts = useCase("list-roll-outs", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-roll-outs", () => readList(ctx)),
);

async function readList(ctx: UseCaseContext): Promise<RollOutLists> {
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
  const series = await newestSeries(ctx, MOST_SERIES);
  return {
    rows,
    series: series
      .filter(({ parts }) => parts.some((part) => maySeePart(ctx, part)))
      .map((one) => seriesRow(ctx, one)),
    isCut: stored.length > MOST_ROWS,
    hidden: Math.min(stored.length, MOST_ROWS) - seen.length,
    doubts,
  };
}
