import "server-only";
import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { notificationDeliveries } from "@/lib/db/notification-schema";
import { instantOf, isDigest } from "./messages";
import type { BuildEvent, ConsoleEvent, DigestEvent, NoticeEvent } from "./types";

/** More in one message is read by nobody; the console shows them all. */
const MOST_IN_ONE = 50;

/**
 * What was held for a receiver and is due goes into its outbox: one event as it is, several as one message. Both are
 * written in one transaction, so that a process that dies in between loses and repeats nothing.
 */
export async function releaseHeld(orm: Orm, now: Date): Promise<void> {
  const receivers = await orm
    .selectDistinct({ receiverId: notificationDeliveries.receiverId })
    .from(notificationDeliveries)
    .where(dueBy(now));
  for (const { receiverId } of receivers) await orm.transaction((tx) => releaseOf(tx, receiverId, now));
}

async function releaseOf(tx: Orm, receiverId: string, now: Date): Promise<void> {
  const held = await tx
    .select()
    .from(notificationDeliveries)
    .where(and(dueBy(now), eq(notificationDeliveries.receiverId, receiverId)))
    .orderBy(asc(notificationDeliveries.id))
    .for("update");
  const [first] = held;
  if (!first) return;
  const change = tx.update(notificationDeliveries);
  const ids = held.map(({ id }) => id);
  if (held.length === 1) {
    await change.set({ state: "waiting", createdAt: now }).where(inArray(notificationDeliveries.id, ids));
    return;
  }
  const event = digestOf(held.map((row) => row.event as ConsoleEvent));
  await change.set({ state: "merged", endedAt: now }).where(inArray(notificationDeliveries.id, ids));
  await tx.insert(notificationDeliveries).values({
    messageId: randomUUID(),
    targetId: first.targetId,
    receiverId,
    eventKey: `together ${ids[0]} ${ids.at(-1)}`,
    event,
    imageName: "",
    state: "waiting",
    tries: 0,
    nextAt: now,
    createdAt: now,
  });
}

const dueBy = (now: Date) =>
  and(eq(notificationDeliveries.state, "held"), lte(notificationDeliveries.nextAt, now));

/** The newest of them, oldest first. */
function digestOf(events: ConsoleEvent[]): DigestEvent {
  const single = events.filter((event): event is BuildEvent | NoticeEvent => !isDigest(event));
  const digest = single.slice(-MOST_IN_ONE);
  const last = digest.at(-1);
  return {
    kinds: [...new Set(single.flatMap(({ kinds }) => kinds))],
    targetId: last?.targetId ?? "",
    digest,
    left: single.length - digest.length,
    at: last ? instantOf(last) : "",
  };
}
