import "server-only";
import type { AuditLog } from "@/lib/audit/audit-log";
import type { Actor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Target } from "@/lib/core/target";
import { type Action, PERMISSIONS, permits, refusalSentence } from "./permissions";

/** What a permission question needs to know. */
export type AuthorizationContext = {
  actor: Actor;
  target: Pick<Target, "id" | "label">;
  audit: Pick<AuditLog, "record">;
};

/**
 * What `useCase` asks before anything else, and a use case itself for every other name in its input. Throws
 * `forbidden` when no grant of the actor covers the action, and puts the refusal on record. `resource` is the name
 * the action is about; leave it out for lists.
 */
export async function authorize(ctx: AuthorizationContext, action: Action, resource?: string): Promise<void> {
  if (permits(ctx.actor, action, ctx.target.id, resource)) return;
  const { role } = PERMISSIONS[action];
  await ctx.audit.record({ action, resource, result: "refused", reason: `needs the role ${role}` });
  throw new ConsoleFailure({
    code: "forbidden",
    message: `${refusalSentence(action, ctx.target.label)}${resource === undefined ? "" : ` (${resource})`}.`,
  });
}
