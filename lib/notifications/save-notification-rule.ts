import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { notificationReceivers, notificationRules } from "@/lib/db/notification-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { requireRoomFor } from "./person-limits";
import { ruleSchema } from "./schemas";

/**
 * Adds or changes a rule. It speaks of what happens from now on. Throws `not-found`, and `forbidden` for a rule of
 * names that are not the actor's.
 */
export const saveNotificationRule = useCase(
  "save-notification-rule",
  ruleSchema,
  async ({
    ctx,
    input: { id, events, namePrefix, filters, timing: given, receiverId, isOn },
  }): Promise<{ id: string }> => {
    const { orm } = await ctx.database();
    const own = and(eq(notificationRules.id, id ?? ""), eq(notificationRules.targetId, ctx.target.id));
    const before = id ? (await orm.select().from(notificationRules).where(own))[0] : undefined;
    if (id && !before)
      throw new ConsoleFailure({ code: "not-found", message: "This rule no longer exists." });
    if (before) await authorize(ctx, "save-notification-rule", before.namePrefix);
    const [receiver] = await orm
      .select({ name: notificationReceivers.name })
      .from(notificationReceivers)
      .where(
        and(eq(notificationReceivers.id, receiverId), eq(notificationReceivers.targetId, ctx.target.id)),
      );
    if (!receiver)
      throw new ConsoleFailure({
        code: "not-found",
        message: "This receiver no longer exists.",
        fields: { receiverId: "This receiver no longer exists." },
      });
    if (!before) await requireRoomFor(ctx, orm, "rules");
    const timing = { timeZone: ctx.settings.history.timeZone, ...given };
    const after = { events, namePrefix, filters, timing, receiver: receiver.name, isOn };
    const write = { resource: receiver.name, input: after };
    return recordWrite(ctx, "save-notification-rule", write, async () => {
      const values = { events, namePrefix, filters, timing, receiverId, isOn };
      const ruleId = before?.id ?? randomUUID();
      if (before) await orm.update(notificationRules).set(values).where(own);
      else
        await orm.insert(notificationRules).values({
          id: ruleId,
          targetId: ctx.target.id,
          createdAt: new Date(ctx.clock.now()),
          createdBy: ctx.actor.name,
          createdById: ctx.actor.id,
          ...values,
        });
      return {
        value: { id: ruleId },
        before: before && {
          events: before.events,
          namePrefix: before.namePrefix,
          filters: before.filters,
          timing: before.timing,
          isOn: before.isOn,
        },
        after,
      };
    });
  },
);
