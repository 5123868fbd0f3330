import "server-only";
import { refuse } from "@/lib/auth/authorize";
import { findTokenById, revokeTokenRow } from "@/lib/auth/tokens/token-rows";
import { shownActor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { mayManage } from "./may-manage";
import { tokenIdSchema } from "./schemas";

/** Revokes a token at once: the caller's own, or any token whose whole scope the caller administers. */
export const revokeToken = useCase(
  "revoke-token",
  tokenIdSchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { orm } = await ctx.database();
    const row = await findTokenById(orm, id);
    if (!row) throw new ConsoleFailure({ code: "not-found", message: "This token no longer exists." });
    if (row.makerId !== ctx.actor.id && !mayManage(ctx.actor, row))
      await refuse(ctx, "manage-tokens", row.name);
    const input = { id, name: row.name, maker: row.makerName };
    return recordWrite(ctx, "revoke-token", { resource: row.name, input }, async () => {
      const isRevoked = await revokeTokenRow(orm, id, { by: shownActor(ctx.actor), now: ctx.clock.now() });
      if (!isRevoked)
        throw new ConsoleFailure({ code: "conflict", message: "This token was revoked already." });
      return { value: null };
    });
  },
);
