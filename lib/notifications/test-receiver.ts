import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { notificationReceivers } from "@/lib/db/notification-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { requireTestsLeft } from "./person-limits";
import { writeDeliveries } from "./raise-event";
import { byIdSchema } from "./schemas";
import type { BuildEvent } from "./types";

/** Puts a test message into the outbox of a receiver; the delivery log says how it ended. Throws `not-found`, and
 * `too-many-requests` after 100 of one person within an hour. */
export const testReceiver = useCase(
  "test-receiver",
  byIdSchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { orm } = await ctx.database();
    const [receiver] = await orm
      .select({ name: notificationReceivers.name })
      .from(notificationReceivers)
      .where(and(eq(notificationReceivers.id, id), eq(notificationReceivers.targetId, ctx.target.id)));
    if (!receiver)
      throw new ConsoleFailure({ code: "not-found", message: "This receiver no longer exists." });
    await requireTestsLeft(ctx);
    const now = new Date(ctx.clock.now());
    const event: BuildEvent = {
      kinds: [],
      targetId: ctx.target.id,
      arn: "",
      image: { name: "", displayName: "", version: "", build: "" },
      endedAt: now.toISOString(),
      amis: [],
    };
    return recordWrite(ctx, "test-receiver", { resource: receiver.name, input: { id } }, async () => {
      await writeDeliveries(orm, new Map([[id, now.getTime()]]), event, `test ${randomUUID()}`, now);
      return { value: null };
    });
  },
);
