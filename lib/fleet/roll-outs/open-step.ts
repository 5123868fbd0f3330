import "server-only";
import type { Action } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readStanding, viewOf } from "./get-roll-out";
import { authorizeImages } from "./read-roll-out-facts";
import type { RollOutView } from "./types";

/**
 * A roll-out that is about to take a step. Throws `forbidden` for whoever's grants do not cover its images, and
 * `conflict` with the reason where the step cannot be taken now.
 */
export async function openStep(
  ctx: UseCaseContext,
  action: Action,
  id: string,
  step: keyof RollOutView["steps"],
) {
  const standing = await readStanding(ctx, id);
  await authorizeImages(ctx, action, standing.stored.imageNames);
  const view = await viewOf(ctx, standing);
  const possible = view.steps[step];
  if (!possible.can) throw new ConsoleFailure({ code: "conflict", message: possible.why });
  return { ...standing, view };
}
