import "server-only";
import { and, eq, or } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { savedViews } from "@/lib/db/bookmark-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

type StoredView = typeof savedViews.$inferSelect;

/** One's own view or one of the team. Throws `not-found`. */
export async function findView(ctx: UseCaseContext, id: string): Promise<StoredView> {
  const { orm } = await ctx.database();
  const [view] = await orm
    .select()
    .from(savedViews)
    .where(
      and(
        eq(savedViews.id, id),
        eq(savedViews.targetId, ctx.target.id),
        or(eq(savedViews.actorId, ctx.actor.id), eq(savedViews.isShared, true)),
      ),
    );
  if (view) return view;
  throw new ConsoleFailure({ code: "not-found", message: "This view was deleted." });
}
