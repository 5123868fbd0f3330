import "server-only";
import { and, eq } from "drizzle-orm";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { notificationRules } from "@/lib/db/notification-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { byIdSchema } from "./schemas";

/** Deletes a rule. Throws `not-found`, and `forbidden` for a rule of names that are not the actor's. */
export const deleteNotificationRule = useCase(
  "delete-notification-rule",
  byIdSchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { orm } = await ctx.database();
    const own = and(eq(notificationRules.id, id), eq(notificationRules.targetId, ctx.target.id));
    const [before] = await orm.select().from(notificationRules).where(own);
    if (!before) throw new ConsoleFailure({ code: "not-found", message: "This rule no longer exists." });
    const { events, namePrefix, isOn } = before;
    await authorize(ctx, "delete-notification-rule", namePrefix);
    return recordWrite(ctx, "delete-notification-rule", { resource: namePrefix, input: { id } }, async () => {
      await orm.delete(notificationRules).where(own);
      return { value: null, before: { events, namePrefix, isOn } };
    });
  },
);
