import "server-only";
import type { AuditLog } from "@/lib/audit/audit-log";
import type { Actor } from "@/lib/core/actor";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Target } from "@/lib/core/target";
import { type Action, needsFreshSignIn, PERMISSIONS, permits, refusalSentence } from "./permissions";

/** What a permission question needs to know. */
export type AuthorizationContext = {
  actor: Actor;
  target: Pick<Target, "id" | "label">;
  audit: Pick<AuditLog, "record">;
  clock: Pick<Clock, "now">;
};

/**
 * What `useCase` asks before anything else, and a use case itself for every other name in its input. Throws
 * `forbidden` when no grant of the actor covers the action, and `sign-in-again` when the action asks for a fresh sign-in
 * and theirs is too old; both refusals go on record. `resource` is the name the action is about; leave it out for lists.
 */
export async function authorize(ctx: AuthorizationContext, action: Action, resource?: string): Promise<void> {
  if (permits(ctx.actor, action, ctx.target.id, resource)) return requireFreshSignIn(ctx, action, resource);
  return refuse(ctx, action, resource);
}

/**
 * Puts a refusal of `action` on record and throws `forbidden`, for whoever has decided that it is refused; `because` is
 * the sentence, where the role alone does not say it.
 */
export async function refuse(
  ctx: AuthorizationContext,
  action: Action,
  resource?: string,
  because?: string,
): Promise<never> {
  const { role } = PERMISSIONS[action];
  const reason = because ?? `needs the role ${role}`;
  await ctx.audit.record({ action, resource, result: "refused", reason });
  throw new ConsoleFailure({
    code: "forbidden",
    message:
      because ??
      `${refusalSentence(action, ctx.target.label)}${resource === undefined ? "" : ` (${resource})`}.`,
  });
}

async function requireFreshSignIn(
  ctx: AuthorizationContext,
  action: Action,
  resource?: string,
): Promise<void> {
  if (!needsFreshSignIn(ctx.actor, action, ctx.clock.now())) return;
  await ctx.audit.record({ action, resource, result: "refused", reason: "needs a fresh sign-in" });
  throw new ConsoleFailure({
    code: "sign-in-again",
    message: `To ${PERMISSIONS[action].does}, sign in again first: your last sign-in is too long ago.`,
  });
}
