import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Action } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type FoundAmi, findAmi } from "./read-ami";

/**
 * An AMI that is about to be acted on. Throws `forbidden`, on record, for whoever's grants do not cover the image that
 * it was built as: one that no build made takes a grant for all names.
 */
export async function openAmi(
  ctx: UseCaseContext,
  action: Action,
  key: { region: string; amiId: string },
): Promise<FoundAmi> {
  const found = await findAmi(ctx, key);
  await authorize(ctx, action, found.build?.name ?? "");
  return found;
}

/** The same for an AMI of the account. Throws `conflict` for one that another account shares. */
export async function openOwnAmi(
  ctx: UseCaseContext,
  action: Action,
  key: { region: string; amiId: string },
): Promise<FoundAmi> {
  const found = await openAmi(ctx, action, key);
  if (found.image.OwnerId === ctx.target.accountId) return found;
  throw new ConsoleFailure({
    code: "conflict",
    message: `${key.amiId} belongs to the account ${found.image.OwnerId}, which alone can change it.`,
  });
}

/** Throws `conflict` with the reason where a step cannot be taken now. */
export function requirePossible(possible: { can: true } | { can: false; why: string }): void {
  if (!possible.can) throw new ConsoleFailure({ code: "conflict", message: possible.why });
}
