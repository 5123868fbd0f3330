import "server-only";
import type { AuditQuery } from "@/lib/audit/find-audit-rows";
import { refuse } from "@/lib/auth/authorize";
import { permits } from "@/lib/auth/permissions";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { AuditFilterInput } from "./schemas";

/** Whether the actor may read the rows of every target and of none. */
export const mayReadConsole = (ctx: UseCaseContext): boolean =>
  permits({ ...ctx.actor, grants: ctx.actor.grants.filter(isForAll) }, "list-audit-rows", ctx.target.id);

const isForAll = ({ target, namePrefix }: { target: string; namePrefix?: string }) =>
  target === "*" && !namePrefix;

/** The filter, narrowed to what the actor may read: their target, and their name prefixes on it. */
export async function queryWithin(
  ctx: UseCaseContext,
  { scope, ...filter }: AuditFilterInput,
): Promise<AuditQuery> {
  if (scope === "console") {
    if (mayReadConsole(ctx)) return filter;
    await refuse(
      ctx,
      "list-audit-rows",
      undefined,
      "You need the role admin on all targets to see the audit of all accounts.",
    );
  }
  const covering = ctx.actor.grants.filter((grant) =>
    permits({ ...ctx.actor, grants: [grant] }, "list-audit-rows", ctx.target.id),
  );
  const namePrefixes = covering.map(({ namePrefix = "" }) => namePrefix);
  return {
    ...filter,
    targetId: ctx.target.id,
    ...(!namePrefixes.includes("") && { namePrefixes }),
  };
}
