import "server-only";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { endSeriesRow, findSeries, nextOf } from "./series-rows";
import { tellOfEnd } from "./tell-series";

/** Ends a roll-out of several groups whose last one is done, and tells of it once. */
export async function endWhenDone(ctx: UseCaseContext, id: string): Promise<void> {
  const standing = await findSeries(ctx, id);
  const now = ctx.clock.now();
  if (nextOf(standing, now).is !== "done") return;
  await endSeriesRow(await ctx.database(), id, { by: null, now }, (tx) => tellOfEnd(tx, standing, now));
}
