import "server-only";
import type { Action } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { authorizeImages, maySeeImages } from "../roll-outs/read-roll-out-facts";
import { accessIn } from "../roll-outs/read-roll-out-group";
import { settleRollOut } from "../roll-outs/settle-roll-out";
import { findSeries, nextOf, noSeries, type Standing, type StandingPart } from "./series-rows";

/** Whether somebody may see a group of several: by the images that it ran when it was planned. */
export const maySeePart = (ctx: UseCaseContext, { part }: Pick<StandingPart, "part">): boolean =>
  maySeeImages(ctx, part.imageNames);

/** One that the actor may see some of. Throws `not-found`. */
export async function findSeenSeries(ctx: UseCaseContext, id: string): Promise<Standing> {
  const standing = await findSeries(ctx, id);
  if (standing.parts.some((part) => maySeePart(ctx, part))) return standing;
  throw noSeries();
}

/**
 * One with the group that somebody decides about, as it stands now. Throws `forbidden` for whoever's grants do not cover
 * its images, and `conflict` where that group is not what is decided about next.
 */
export async function openSeriesStep(
  ctx: UseCaseContext,
  action: Action,
  { id, position }: { id: string; position: number },
): Promise<{ standing: Standing; chosen: StandingPart }> {
  const seen = await findSeenSeries(ctx, id);
  const asked = seen.parts[position];
  if (!asked || !maySeePart(ctx, asked))
    throw new ConsoleFailure({ code: "not-found", message: "This roll-out has no such group." });
  await authorizeImages(ctx, action, asked.part.imageNames);
  for (const { rollOut } of seen.parts)
    if (rollOut && !rollOut.endedAt) await settleRollOut(ctx, await accessIn(ctx, rollOut.region), rollOut);
  const standing = await findSeries(ctx, id);
  const chosen = standing.parts[position] as StandingPart;
  if (standing.series.endedAt) throw conflict("This roll-out has ended.");
  const next = nextOf(standing, ctx.clock.now());
  if (next.is === "done") throw conflict("All groups are done.");
  if (next.position !== position)
    throw conflict(`It is not the turn of ${chosen.part.groupName}: another group comes first.`);
  if (next.is === "running") throw conflict(`The roll-out to ${chosen.part.groupName} is in progress.`);
  return { standing, chosen };
}

const conflict = (message: string) => new ConsoleFailure({ code: "conflict", message });
