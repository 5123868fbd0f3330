import "server-only";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { savedViews } from "@/lib/db/bookmark-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { findView } from "./find-view";

/** Deletes a view: one's own, or one of the team where the actor may share views, with an audit row. */
export const deleteView = useCase(
  "delete-view",
  z.strictObject({ id: z.uuid("There is no such view.") }),
  async ({ ctx, input }): Promise<null> => {
    const { id, name, query, isShared } = await findView(ctx, input.id);
    const remove = async () => {
      const { orm } = await ctx.database();
      await orm.delete(savedViews).where(eq(savedViews.id, id));
      return { value: null, before: { name, query } };
    };
    if (!isShared) return (await remove()).value;
    await authorize(ctx, "share-view");
    return recordWrite(ctx, "delete-view", { resource: name, input }, remove);
  },
);
