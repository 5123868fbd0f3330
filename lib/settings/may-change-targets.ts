import { refuse } from "@/lib/auth/authorize";
import { type Action, permits } from "@/lib/auth/permissions";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** Whether the actor administers all accounts, also those that are not there yet. */
export const mayChangeTargets = ({ actor, target }: Pick<UseCaseContext, "actor" | "target">): boolean =>
  permits(
    { ...actor, grants: actor.grants.filter((grant) => grant.target === "*" && !grant.namePrefix) },
    "save-target",
    target.id,
  );

/** Throws `forbidden` for anybody else, on record. `id` is the account's. */
export async function mustChangeTargets(ctx: UseCaseContext, action: Action, id: string): Promise<void> {
  if (mayChangeTargets(ctx)) return;
  await refuse(
    ctx,
    action,
    id,
    "You need the role admin on all accounts to change the accounts of this console.",
  );
}
