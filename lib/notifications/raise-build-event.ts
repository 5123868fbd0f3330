import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { namedSo } from "@/lib/core/arn";
import type { Orm } from "@/lib/db/database";
import { notificationDeliveries, notificationRules } from "@/lib/db/notification-schema";
import type { BuildEvent, EventKind } from "./types";

/** What an ended build is to those who are told. `previous`: how the build before it ended, where one is known. */
export function kindsOf({
  result,
  previous,
  criticals,
}: {
  result: string;
  previous: string | undefined;
  criticals: number;
}): EventKind[] {
  if (result === "failed")
    return previous === "succeeded" ? ["build-failed", "first-failure"] : ["build-failed"];
  if (result !== "succeeded") return [];
  return [
    "build-succeeded",
    ...(previous === "failed" ? (["recovered"] as const) : []),
    ...(criticals > 0 ? (["critical-findings"] as const) : []),
  ];
}

/**
 * Writes what is to be sent about an event, in the transaction of what caused it: once for each receiver that a rule
 * names, whatever the number of rules and of calls. Rules speak of what ended after they were made.
 */
export async function raiseBuildEvent(tx: Orm, event: BuildEvent, now: Date): Promise<void> {
  if (event.kinds.length === 0) return;
  const endedAt = new Date(event.endedAt);
  const rules = await tx
    .select()
    .from(notificationRules)
    .where(and(eq(notificationRules.targetId, event.targetId), eq(notificationRules.isOn, true)));
  const receivers = new Set(
    rules
      .filter(
        ({ events, namePrefix, createdAt }) =>
          createdAt <= endedAt &&
          namedSo(event.image.name, namePrefix) &&
          event.kinds.some((kind) => events.includes(kind)),
      )
      .map(({ receiverId }) => receiverId),
  );
  await writeDeliveries(tx, [...receivers], event, `${event.arn} ${event.kinds[0]} ${event.endedAt}`, now);
}

/** Puts an event into the outbox of these receivers; what is there under the same key stays as it is. */
export async function writeDeliveries(
  tx: Orm,
  receiverIds: string[],
  event: BuildEvent,
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
        imageName: event.image.name,
        state: "waiting" as const,
        tries: 0,
        nextAt: now,
        createdAt: now,
      })),
    )
    .onConflictDoNothing();
}
