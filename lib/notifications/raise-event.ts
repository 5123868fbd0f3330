import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { namedSo } from "@/lib/core/arn";
import type { Orm } from "@/lib/db/database";
import { notificationDeliveries, notificationRules } from "@/lib/db/notification-schema";
import { instantOf, namesOf } from "./messages";
import type { ConsoleEvent, EventKind } from "./types";

/**
 * Writes what is to be sent about an event, in the transaction of what caused it: once for each receiver that a rule
 * names, whatever the number of rules and of calls. `key` is the same for the same event. Rules speak of what happened
 * after they were made; what is about the whole account reaches rules of any names.
 */
export async function raiseEvent(tx: Orm, event: ConsoleEvent, key: string, now: Date): Promise<void> {
  if (event.kinds.length === 0) return;
  const at = new Date(instantOf(event));
  const rules = await tx
    .select()
    .from(notificationRules)
    .where(and(eq(notificationRules.targetId, event.targetId), eq(notificationRules.isOn, true)));
  const receivers = new Set(
    rules
      .filter(
        ({ events, namePrefix, createdAt }) =>
          createdAt <= at &&
          namesOf(event).every((name) => namedSo(name, namePrefix)) &&
          event.kinds.some((kind) => events.includes(kind)),
      )
      .map(({ receiverId }) => receiverId),
  );
  await writeDeliveries(tx, [...receivers], event, key, now);
}

/** Writes that what an earlier event was about is over, to those who were told of that one. */
export async function raiseEnd(
  tx: Orm,
  event: ConsoleEvent,
  { key, endOf }: { key: string; endOf: string },
  now: Date,
): Promise<void> {
  const told = await tx
    .select({ receiverId: notificationDeliveries.receiverId })
    .from(notificationDeliveries)
    .where(
      and(eq(notificationDeliveries.targetId, event.targetId), eq(notificationDeliveries.eventKey, endOf)),
    );
  await writeDeliveries(
    tx,
    told.map(({ receiverId }) => receiverId),
    event,
    key,
    now,
  );
}

/** Which events rules of a target ask for: what nobody asks for need not be looked for. */
export async function wantedEvents(orm: Orm, targetId: string): Promise<Set<EventKind>> {
  const rules = await orm
    .select({ events: notificationRules.events })
    .from(notificationRules)
    .where(and(eq(notificationRules.targetId, targetId), eq(notificationRules.isOn, true)));
  return new Set(rules.flatMap(({ events }) => events as EventKind[]));
}

/** Puts an event into the outbox of these receivers; what is there under the same key stays as it is. */
export async function writeDeliveries(
  tx: Orm,
  receiverIds: string[],
  event: ConsoleEvent,
  eventKey: string,
  now: Date,
): Promise<void> {
  if (receiverIds.length === 0) return;
  await tx
    .insert(notificationDeliveries)
    .values(
      receiverIds.map((receiverId) => ({
        messageId: randomUUID(),
        targetId: event.targetId,
        receiverId,
        eventKey,
        event,
        imageName: namesOf(event)[0] ?? "",
        state: "waiting" as const,
        tries: 0,
        nextAt: now,
        createdAt: now,
      })),
    )
    .onConflictDoNothing();
}
