import "server-only";
import { randomUUID } from "node:crypto";
import { and, asc, count, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { shownActor } from "@/lib/core/actor";
import { savedViews } from "@/lib/db/bookmark-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { findView } from "./find-view";

/** Of a person, and of the team, in a target; a new one takes the place of the one that was changed longest ago. */
export const MOST_VIEWS = 50;

const inputSchema = z.strictObject({
  /** Of one that exists: it gets this name and these filters. */
  id: z.uuid("There is no such view.").optional(),
  list: z.string().regex(/^[a-z-]{1,40}$/, "There is no such list."),
  name: z.string().trim().min(1, "Enter a name.").max(60, "Enter at most 60 characters."),
  query: z.string().max(2_000, "These filters are too long to be saved."),
  isShared: z.boolean(),
});

/** Saves the filters, sort and columns of a list under a name; for the team where the actor may, with an audit row. */
export const saveView = useCase("save-view", inputSchema, async ({ ctx, input }): Promise<{ id: string }> => {
  const { id = randomUUID(), list, name, query, isShared } = input;
  const before = input.id === undefined ? undefined : await findView(ctx, input.id);
  if (isShared || before?.isShared) await authorize(ctx, "share-view");
  const write = async () => {
    const { orm } = await ctx.database();
    const values = { list, name, query, isShared, changedAt: new Date(ctx.clock.now()) };
    if (before) {
      await orm.update(savedViews).set(values).where(eq(savedViews.id, before.id));
    } else {
      const owner = { actorId: ctx.actor.id, actorName: shownActor(ctx.actor) };
      await orm.insert(savedViews).values({ id, targetId: ctx.target.id, ...owner, ...values });
    }
    const group = and(
      eq(savedViews.targetId, ctx.target.id),
      eq(savedViews.isShared, isShared),
      isShared ? undefined : eq(savedViews.actorId, ctx.actor.id),
    );
    const [{ total = 0 } = {}] = await orm.select({ total: count() }).from(savedViews).where(group);
    if (total > MOST_VIEWS) {
      const oldest = orm
        .select({ id: savedViews.id })
        .from(savedViews)
        .where(group)
        .orderBy(asc(savedViews.changedAt), asc(savedViews.id))
        .limit(total - MOST_VIEWS);
      await orm.delete(savedViews).where(inArray(savedViews.id, oldest));
    }
    return { value: { id } };
  };
  if (!isShared && !before?.isShared) return (await write()).value;
  return recordWrite(ctx, "save-view", { resource: name, input }, write);
});
