import "server-only";
import { randomUUID } from "node:crypto";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openRollOut } from "../roll-outs/roll-out-rows";
import { checkGroupStart, type GroupStart, startInGroup } from "../roll-outs/start-in-group";
import { changePart, claimPart, findSeries, type StandingPart, type StoredPart } from "./series-rows";

/**
 * Starts the roll-out to one group of several, in the name of the actor, and returns its ID. The turn is taken in the
 * database first, so that a console that ends in between finds it again and two do not start it twice. Throws what a
 * single start throws, with the turn given back; `conflict` where another was faster.
 * @param by who let it be started; null where its gate opened by itself
 */
export async function startPart(
  ctx: UseCaseContext,
  standing: Pick<StandingPart, "part">,
  by: string | null,
): Promise<{ id: string }> {
  const { part } = standing;
  const start = startOf(part);
  const checked = await checkGroupStart(ctx, start, true);
  const database = await ctx.database();
  const id = randomUUID();
  if (!(await claimPart(database, standing, { id, by, now: ctx.clock.now() })))
    throw new ConsoleFailure({
      code: "conflict",
      message: `Somebody else decided about ${part.groupName} just now.`,
    });
  try {
    return await startInGroup(ctx, start, checked, { seriesId: part.seriesId, id });
  } catch (error) {
    await giveBack(ctx, part, id);
    throw error;
  }
}

/** Where a row was written, it says how the start ended; else the group is as it was before. */
async function giveBack(ctx: UseCaseContext, part: StoredPart, id: string): Promise<void> {
  const database = await ctx.database();
  const { seriesId, position } = part;
  const open = await openRollOut(ctx, { region: part.region, group: part.groupName });
  const { parts } = await findSeries(ctx, seriesId);
  if (parts[position]?.rollOut?.id === id) return;
  const { rollOutId, claimedAt, claimedBy, startError, succeededAt } = part;
  const before = { rollOutId, claimedAt, claimedBy, startError, succeededAt };
  // A start that was taken for lost and was slow only.
  const adopted = open?.seriesId === seriesId ? { rollOutId: open.id } : before;
  await changePart(database, { seriesId, position, rollOutId: id }, adopted);
}

/** What is started in the group of a part. */
const startOf = ({ region, groupName, choice, isPinned, preferences }: StoredPart): GroupStart => ({
  region,
  group: groupName,
  to: choice,
  pin: isPinned,
  preferences,
});
