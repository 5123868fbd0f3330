import "server-only";
import { and, desc, eq, notInArray } from "drizzle-orm";
import { z } from "zod";
import { normalizeName } from "@/lib/core/name-rule";
import { RESOURCE_KINDS } from "@/lib/core/resource-names";
import { favorites } from "@/lib/db/bookmark-schema";
import { useCase } from "@/lib/use-case/use-case";

/** Of a person in a target; a new one takes the place of the oldest. */
export const MOST_FAVORITES = 100;

const inputSchema = z.strictObject({
  kind: z.enum([...RESOURCE_KINDS, "image"], "There is no such kind of resource."),
  name: z.string().min(1, "Name what to star.").max(256, "A name has at most 256 characters."),
  isFavorite: z.boolean(),
});

/** Stars something for the actor, or takes the star away. Doing so again changes nothing. */
export const setFavorite = useCase(
  "set-favorite",
  inputSchema,
  async ({ ctx, input: { kind, name: label, isFavorite } }): Promise<null> => {
    const { orm } = await ctx.database();
    const own = and(eq(favorites.targetId, ctx.target.id), eq(favorites.actorId, ctx.actor.id));
    const name = normalizeName(label);
    if (!isFavorite) {
      await orm.delete(favorites).where(and(own, eq(favorites.kind, kind), eq(favorites.name, name)));
      return null;
    }
    const createdAt = new Date(ctx.clock.now());
    await orm
      .insert(favorites)
      .values({ targetId: ctx.target.id, actorId: ctx.actor.id, kind, name, label, createdAt })
      .onConflictDoNothing();
    const kept = orm
      .select({ createdAt: favorites.createdAt })
      .from(favorites)
      .where(own)
      .orderBy(desc(favorites.createdAt))
      .limit(MOST_FAVORITES);
    await orm.delete(favorites).where(and(own, notInArray(favorites.createdAt, kept)));
    return null;
  },
);
