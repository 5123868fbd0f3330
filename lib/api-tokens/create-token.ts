import "server-only";
import { randomUUID } from "node:crypto";
import { refuse } from "@/lib/auth/authorize";
import { coversGrant, grantsOfScope } from "@/lib/auth/tokens/bounded-grants";
import { insertWithinRoom } from "@/lib/auth/tokens/token-rows";
import { beginningOf, hashOfToken, newToken } from "@/lib/auth/tokens/token-text";
import { shownActor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS } from "@/lib/core/time";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { mayManage } from "./may-manage";
import { createTokenSchema } from "./schemas";

/** More than anybody keeps an eye on. */
const MAX_LIVE_TOKENS = 50;

/**
 * Creates a token and returns it once. Throws `forbidden` when the scope exceeds the caller's own rights, when the caller
 * of a service token does not administer its whole scope, and when the caller is a token itself.
 */
export const createToken = useCase(
  "create-token",
  createTokenSchema,
  async ({ ctx, input }): Promise<{ id: string; token: string }> => {
    const { name, kind, role, targets, namePrefixes, days } = input;
    if (ctx.actor.kind === "token") await refuse(ctx, "create-token", name);
    const unknown = targets.find((id) => id !== "*" && !ctx.targets.some((target) => target.id === id));
    if (unknown !== undefined) throw invalid("targets", `This console has no target "${unknown}".`);
    const scope = { role, targets: targets.includes("*") ? ["*"] : [...new Set(targets)], namePrefixes };
    if (kind === "service" && !mayManage(ctx.actor, scope)) await refuse(ctx, "manage-tokens", name);
    const beyond = grantsOfScope(scope).find((grant) => !coversGrant(ctx.actor.grants, grant));
    if (beyond) {
      const { target, namePrefix } = beyond;
      const where = `${target === "*" ? "all accounts" : target}${namePrefix ? ` for names ${namePrefix}*` : " for all names"}`;
      await refuse(
        ctx,
        "create-token",
        name,
        `A token can do no more than you can: you don't have the role ${role} on ${where}.`,
      );
    }
    const { orm } = await ctx.database();
    const now = ctx.clock.now();
    const id = randomUUID();
    const expiresAt = new Date(now + days * DAY_MS);
    const after = { id, kind, ...scope, expiresAt: expiresAt.toISOString() };
    return recordWrite(ctx, "create-token", { resource: name, input }, async () => {
      const token = newToken();
      const inTheWay = await insertWithinRoom(
        orm,
        {
          ...{ id, kind, name, ...scope, expiresAt },
          tokenHash: hashOfToken(token),
          shown: beginningOf(token),
          ...makerColumns(ctx, now),
          createdAt: new Date(now),
        },
        { most: MAX_LIVE_TOKENS, now },
      );
      if (inTheWay === "name") throw invalid("name", `You have a token called "${name}" already.`);
      if (inTheWay === "number")
        throw new ConsoleFailure({
          code: "conflict",
          message: `You have ${MAX_LIVE_TOKENS} tokens. Revoke one to create another.`,
        });
      return { value: { id, token }, after };
    });
  },
);

const makerColumns = ({ actor, claims }: UseCaseContext, now: number) => ({
  makerId: actor.id,
  makerName: shownActor(actor),
  makerClaims: claims === undefined ? null : JSON.stringify(claims),
  makerSeenAt: new Date(now),
});

const invalid = (field: string, message: string) =>
  new ConsoleFailure({ code: "invalid", message, fields: { [field]: message } });
