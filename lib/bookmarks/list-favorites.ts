import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { favorites } from "@/lib/db/bookmark-schema";
import { maySee } from "@/lib/use-case/authorize-names";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { Favorite, FavoriteKind } from "./types";

/** What the actor starred in this target, by name, of what they may see now. */
export const listFavorites = useCase("list-favorites", noInput, async ({ ctx }): Promise<Favorite[]> => {
  const { orm } = await ctx.database();
  const rows = await orm
    .select()
    .from(favorites)
    .where(and(eq(favorites.targetId, ctx.target.id), eq(favorites.actorId, ctx.actor.id)))
    .orderBy(desc(favorites.createdAt));
  return rows
    .map(({ kind, name, label }) => ({ kind: kind as FavoriteKind, name, label }))
    .filter(({ kind, name }) => maySee(ctx, { kind, arn: "", name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
});
