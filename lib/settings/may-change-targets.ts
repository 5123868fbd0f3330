import { permits } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** Whether the actor administers all accounts, also those that are not there yet. */
export const mayChangeTargets = ({ actor, target }: Pick<UseCaseContext, "actor" | "target">): boolean =>
  permits(
    { ...actor, grants: actor.grants.filter((grant) => grant.target === "*" && !grant.namePrefix) },
    "save-target",
    target.id,
  );

/** Throws `forbidden` for anybody else. */
export function mustChangeTargets(ctx: Pick<UseCaseContext, "actor" | "target">): void {
  if (mayChangeTargets(ctx)) return;
  throw new ConsoleFailure({
    code: "forbidden",
    message: "You need the role admin on all accounts to change the accounts of this console.",
  });
}
