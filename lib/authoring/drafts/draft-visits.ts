import "server-only";
import { and, eq, gte, lt, ne } from "drizzle-orm";
import { draftVisits } from "@/lib/db/schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** Three times as long as windows take to ask again. */
const HERE_MS = 30_000;

/** Notes a window as having the draft open. @returns the other windows that have. */
export async function recordVisit(
  ctx: UseCaseContext,
  { id, windowId }: { id: string; windowId: string },
): Promise<(typeof draftVisits.$inferSelect)[]> {
  const { orm } = await ctx.database();
  const seenAt = new Date(ctx.clock.now());
  const goneSince = new Date(seenAt.getTime() - HERE_MS);
  // Of every draft: who had one open is nobody's business later.
  await orm.delete(draftVisits).where(lt(draftVisits.seenAt, goneSince));
  await orm
    .insert(draftVisits)
    .values({ draftId: id, windowId, actorId: ctx.actor.id, actorName: ctx.actor.name, seenAt })
    .onConflictDoUpdate({ target: [draftVisits.draftId, draftVisits.windowId], set: { seenAt } });
  return orm
    .select()
    .from(draftVisits)
    .where(
      and(
        eq(draftVisits.draftId, id),
        ne(draftVisits.windowId, windowId),
        gte(draftVisits.seenAt, goneSince),
      ),
    )
    .orderBy(draftVisits.seenAt);
}
