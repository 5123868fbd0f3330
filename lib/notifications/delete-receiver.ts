import "server-only";
import { and, eq } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { notificationReceivers } from "@/lib/db/notification-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { authorizeReceiver } from "./authorize-receiver";
import { byIdSchema } from "./schemas";

/**
 * Deletes a receiver with its rules and what waits for it. Throws `not-found`, and `forbidden` where rules of names that
 * are not the actor's send to it.
 */
export const deleteReceiver = useCase(
  "delete-receiver",
  byIdSchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { orm } = await ctx.database();
    const own = and(eq(notificationReceivers.id, id), eq(notificationReceivers.targetId, ctx.target.id));
    const [before] = await orm.select().from(notificationReceivers).where(own);
    if (!before) throw new ConsoleFailure({ code: "not-found", message: "This receiver no longer exists." });
    await authorizeReceiver(ctx, orm, "delete-receiver", id);
    const { name, kind, shown } = before;
    return recordWrite(ctx, "delete-receiver", { resource: name, input: { id } }, async () => {
      await orm.delete(notificationReceivers).where(own);
      return { value: null, before: { name, kind, shown } };
    });
  },
);
