import "server-only";
import { and, eq, or } from "drizzle-orm";
import { z } from "zod";
import { permits } from "@/lib/auth/permissions";
import { savedViews } from "@/lib/db/bookmark-schema";
import { useCase } from "@/lib/use-case/use-case";
import type { SavedView } from "./types";

/** The views of one list: the actor's own and those of the team, by name. */
export const listViews = useCase(
  "list-views",
  z.object({ list: z.string() }),
  async ({ ctx, input: { list } }): Promise<SavedView[]> => {
    const { orm } = await ctx.database();
    const rows = await orm
      .select()
      .from(savedViews)
      .where(
        and(
          eq(savedViews.targetId, ctx.target.id),
          eq(savedViews.list, list),
          or(eq(savedViews.actorId, ctx.actor.id), eq(savedViews.isShared, true)),
        ),
      );
    const mayShare = permits(ctx.actor, "share-view", ctx.target.id);
    return rows
      .map(({ id, name, query, isShared, actorName, actorId }) => ({
        ...{ id, name, query, isShared, by: actorName },
        isEditable: isShared ? mayShare : actorId === ctx.actor.id,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name));
  },
);
