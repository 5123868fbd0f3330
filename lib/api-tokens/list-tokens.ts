import "server-only";
import { permits } from "@/lib/auth/permissions";
import { boundGrants, coversGrant, grantsOfScope } from "@/lib/auth/tokens/bounded-grants";
import { grantsOfMaker, isMakerUnseen } from "@/lib/auth/tokens/maker-grants";
import { listTokenRows, type TokenRow } from "@/lib/auth/tokens/token-rows";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { mayManage } from "./may-manage";
import type { TokenList, TokenSummary } from "./types";

/** One's own tokens, and those of services and of others that one administers; never what they are. */
export const listTokens = useCase("list-tokens", noInput, async ({ ctx }): Promise<TokenList> => {
  const { orm } = await ctx.database();
  const isAdministrator = ctx.targets.some(({ id }) => permits(ctx.actor, "manage-tokens", id));
  const rows = await listTokenRows(orm, ctx.clock.now(), isAdministrator ? undefined : ctx.actor.id);
  const seen = rows.filter((row) => row.makerId === ctx.actor.id || mayManage(ctx.actor, row));
  const targets = ctx.targets.filter(({ id }) => permits(ctx.actor, "list-targets", id));
  return {
    tokens: seen.map((row) => summaryOf(ctx, row)),
    choices: {
      targets: targets.map(({ id, label }) => ({ id, label })),
      mayTakeAll: permits(ctx.actor, "list-targets", "*"),
      tokenDays: ctx.settings.tokenDays,
    },
  };
});

function summaryOf({ actor, clock, settings }: UseCaseContext, row: TokenRow): TokenSummary {
  const now = clock.now();
  const wanted = grantsOfScope(row);
  const bounds = grantsOfMaker(row, settings.signIn);
  const stateOf = (): TokenSummary["state"] => {
    if (row.revokedAt) return "revoked";
    if (row.expiresAt.getTime() <= now) return "expired";
    if (isMakerUnseen(row, { now, tokenDays: settings.tokenDays })) return "resting";
    return boundGrants(wanted, bounds).length === 0 ? "powerless" : "active";
  };
  const { id, shown, kind, name, role, targets, namePrefixes, makerName } = row;
  const isOwn = row.makerId === actor.id;
  return {
    ...{ id, shown, kind, name, role, targets, namePrefixes, makerName, isOwn },
    mayRevoke: isOwn || mayManage(actor, row),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString(),
    lastUsedFrom: row.lastUsedFrom ?? undefined,
    state: stateOf(),
    pausesAfterDays: settings.tokenDays[kind],
    isBounded: !wanted.every((grant) => coversGrant(bounds, grant)),
  };
}
