import "server-only";
import { and, eq, notInArray } from "drizzle-orm";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { notificationDeliveries } from "@/lib/db/notification-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { namesOf } from "./messages";
import { deliverySchema } from "./schemas";
import type { ConsoleEvent } from "./types";

/** Tries a delivery that waits or was given up again, now and for another day. Throws `not-found`. */
export const resendNotification = useCase(
  "resend-notification",
  deliverySchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { orm } = await ctx.database();
    const own = and(
      eq(notificationDeliveries.id, id),
      eq(notificationDeliveries.targetId, ctx.target.id),
      notInArray(notificationDeliveries.state, ["sent", "merged"]),
    );
    const [delivery] = await orm.select().from(notificationDeliveries).where(own);
    if (!delivery)
      throw new ConsoleFailure({
        code: "not-found",
        message: "This message was sent or is no longer kept.",
      });
    for (const name of namesOf(delivery.event as ConsoleEvent))
      await authorize(ctx, "resend-notification", name);
    const now = new Date(ctx.clock.now());
    const write = { resource: delivery.imageName, input: { id } };
    return recordWrite(ctx, "resend-notification", write, async () => {
      await orm
        .update(notificationDeliveries)
        .set({ state: "waiting", tries: 0, nextAt: now, createdAt: now, endedAt: null })
        .where(own);
      return { value: null, before: { state: delivery.state, answer: delivery.answer } };
    });
  },
);
