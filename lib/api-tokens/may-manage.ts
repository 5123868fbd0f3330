import { permits } from "@/lib/auth/permissions";
import { grantsOfScope, type TokenScope } from "@/lib/auth/tokens/bounded-grants";
import type { Actor } from "@/lib/core/actor";

/** Whether somebody administers all that a token is for: its targets, and the names in them. */
export const mayManage = (actor: Actor, scope: TokenScope): boolean =>
  grantsOfScope(scope).every(({ target, namePrefix = "" }) =>
    permits(actor, "manage-tokens", target, namePrefix),
  );
