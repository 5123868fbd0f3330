import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, inArray, max, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { notificationDeliveries, notificationRules } from "@/lib/db/notification-schema";
import { instantOf, namesOf } from "./messages";
import { asksFor } from "./rule-match";
import { type RuleTiming, releaseAt } from "./rule-timing";
import type { ConsoleEvent, EventKind, RuleFilters } from "./types";

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
    .where(
      and(
        eq(notificationRules.targetId, event.targetId),
        eq(notificationRules.isOn, true),
        sql`jsonb_exists_any(${notificationRules.events}, array[${sql.join(
          event.kinds.map((kind) => sql`${kind}`),
          sql`, `,
        )}])`,
      ),
    );
  const asked = rules
    .filter(
      ({ createdAt, filters, ...rule }) =>
        createdAt <= at && asksFor({ ...rule, filters: filters as RuleFilters }, event),
    )
    .map(({ receiverId, timing }) => ({ receiverId, timing: timing as RuleTiming }));
  const standing = await readStanding(tx, asked, now);
  const due = new Map<string, number>();
  for (const { receiverId, timing } of asked) {
    const releasedAt = releaseAt(timing, { now: now.getTime(), ...standing.get(receiverId) });
    // Of several rules for one receiver the most urgent holds.
    due.set(receiverId, Math.min(releasedAt, due.get(receiverId) ?? releasedAt));
  }
  await writeDeliveries(tx, due, event, key, now);
}

/** What receivers of rules that send together were written, and until when something is held for them. */
async function readStanding(
  tx: Orm,
  asked: { receiverId: string; timing: RuleTiming }[],
  now: Date,
): Promise<Map<string, { lastAt?: number; heldUntil?: number }>> {
  const ids = asked.filter(({ timing }) => timing.cadence !== "at-once").map(({ receiverId }) => receiverId);
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({
      receiverId: notificationDeliveries.receiverId,
      lastAt: max(notificationDeliveries.nextAt),
      heldUntil: sql<
        string | null
      >`min(${notificationDeliveries.nextAt}) filter (where ${notificationDeliveries.state} = 'held' and ${notificationDeliveries.nextAt} > ${now.toISOString()}::timestamptz)`,
    })
    .from(notificationDeliveries)
    .where(inArray(notificationDeliveries.receiverId, ids))
    .groupBy(notificationDeliveries.receiverId);
  return new Map(
    rows.map(({ receiverId, lastAt, heldUntil }) => [
      receiverId,
      {
        ...(lastAt && { lastAt: lastAt.getTime() }),
        ...(heldUntil && { heldUntil: new Date(heldUntil).getTime() }),
      },
    ]),
  );
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
    new Map(told.map(({ receiverId }) => [receiverId, now.getTime()])),
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

/**
 * Puts an event into the outbox of these receivers, each with when it is due, in epoch milliseconds; what is there under
 * the same key stays as it is.
 */
export async function writeDeliveries(
  tx: Orm,
  due: ReadonlyMap<string, number>,
  event: ConsoleEvent,
  eventKey: string,
  now: Date,
): Promise<void> {
  if (due.size === 0) return;
  await tx
    .insert(notificationDeliveries)
    .values(
      [...due].map(([receiverId, dueAt]) => ({
        messageId: randomUUID(),
        targetId: event.targetId,
        receiverId,
        eventKey,
        event,
        imageName: namesOf(event)[0] ?? "",
        state: dueAt > now.getTime() ? ("held" as const) : ("waiting" as const),
        tries: 0,
        nextAt: new Date(dueAt),
        createdAt: now,
      })),
    )
    .onConflictDoNothing();
}

/** Whether a rule of a target asks for tags, which cost calls of AWS. */
export async function wantsTags(orm: Orm, targetId: string): Promise<boolean> {
  const rules = await orm
    .select({ filters: notificationRules.filters })
    .from(notificationRules)
    .where(and(eq(notificationRules.targetId, targetId), eq(notificationRules.isOn, true)));
  return rules.some(({ filters }) => (filters as RuleFilters).tags.length > 0);
}
