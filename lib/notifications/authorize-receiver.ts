import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { authorize } from "@/lib/auth/authorize";
import type { Action } from "@/lib/auth/permissions";
import type { Orm } from "@/lib/db/database";
import { notificationDeliveries, notificationRules } from "@/lib/db/notification-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { namesOf } from "./messages";
import type { ConsoleEvent } from "./types";

/**
 * Whoever changes or deletes a receiver decides where the messages of all its rules go, and those that wait: their
 * grants must cover each of these names. Throws `forbidden`, on record.
 */
export async function authorizeReceiver(
  ctx: UseCaseContext,
  orm: Orm,
  action: Action,
  receiverId: string,
): Promise<void> {
  const [rules, waiting] = await Promise.all([
    orm
      .selectDistinct({ name: notificationRules.namePrefix })
      .from(notificationRules)
      .where(eq(notificationRules.receiverId, receiverId)),
    orm
      .select({ event: notificationDeliveries.event })
      .from(notificationDeliveries)
      .where(
        and(
          eq(notificationDeliveries.receiverId, receiverId),
          inArray(notificationDeliveries.state, ["held", "waiting"]),
        ),
      ),
  ]);
  const names = [
    ...rules.map(({ name }) => name),
    ...waiting.flatMap(({ event }) => namesOf(event as ConsoleEvent)),
  ];
  for (const name of new Set(names)) await authorize(ctx, action, name);
}
