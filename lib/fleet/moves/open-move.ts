import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Action } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { maySeeImages } from "../roll-outs/read-roll-out-facts";
import { viewOf } from "./get-move";
import { findMove, noMove, type StoredMove } from "./move-rows";
import type { MoveStep, MoveView } from "./types";

/** A move that has not ended, within the names that the actor may see. Throws `not-found` for any other. */
export async function openMove(ctx: UseCaseContext, action: Action, id: string): Promise<StoredMove> {
  const stored = await findMove(ctx, id);
  if (!maySeeImages(ctx, [stored.imageName])) throw noMove();
  await authorize(ctx, action, stored.imageName);
  if (stored.endedAt) throw new ConsoleFailure({ code: "conflict", message: "The move has ended." });
  return stored;
}

/** The same before a step is taken. Throws `conflict` with the reason where it cannot be taken now. */
export async function openMoveStep(
  ctx: UseCaseContext,
  action: Action,
  id: string,
  step: MoveStep,
): Promise<{ stored: StoredMove; view: MoveView }> {
  const stored = await openMove(ctx, action, id);
  const view = await viewOf(ctx, stored);
  const { possible } = view.steps[step];
  if (!possible.can) throw new ConsoleFailure({ code: "conflict", message: possible.why });
  return { stored, view };
}

/**
 * What a step made, whether its answer came or was lost: what is there already under the name or token of this attempt
 * is not made again. Throws what AWS said where there is nothing afterwards.
 */
export async function madeOnce(
  find: () => Promise<string | undefined>,
  make: () => Promise<string | undefined>,
): Promise<string> {
  const earlier = await find();
  if (earlier) return earlier;
  try {
    const made = await make();
    if (made) return made;
  } catch (error) {
    const after = await find().catch(() => undefined);
    if (after) return after;
    throw error;
  }
  throw new ConsoleFailure({
    code: "unexpected",
    message: "AWS didn't return the ID of what it created. Try again.",
  });
}
