import "server-only";
import { and, count, desc, eq, gt, max, or, type SQL, sql } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import { namedSoInSql } from "@/lib/db/names-in-sql";
import {
  notificationDeliveries,
  notificationReceivers,
  notificationRules,
} from "@/lib/db/notification-schema";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { messageOf, namesOf } from "./messages";
import type { RuleTiming } from "./rule-timing";
import type { ConsoleEvent, EventKind, Notifications, RuleFilters } from "./types";

const SHOWN_DELIVERIES = 50;

/** Receivers, rules and the newest deliveries of a target, as far as they are about names that the actor may see. */
export const listNotifications = useCase(
  "list-notifications",
  noInput,
  async ({ ctx }): Promise<Notifications> => {
    const { orm } = await ctx.database();
    const { id: targetId, label } = ctx.target;
    const isSeen = (name: string) => permits(ctx.actor, "list-notifications", targetId, name);
    const [receivers, rules, deliveries, waiting, lastByReceiver, tried] = await Promise.all([
      orm
        .select()
        .from(notificationReceivers)
        .where(eq(notificationReceivers.targetId, targetId))
        .orderBy(notificationReceivers.name),
      orm
        .select()
        .from(notificationRules)
        .where(eq(notificationRules.targetId, targetId))
        .orderBy(notificationRules.createdAt),
      orm
        .select()
        .from(notificationDeliveries)
        .where(and(eq(notificationDeliveries.targetId, targetId), seenDeliveries(ctx)))
        .orderBy(desc(notificationDeliveries.id))
        .limit(SHOWN_DELIVERIES + 1),
      orm
        .select({ receiverId: notificationDeliveries.receiverId, waiting: count() })
        .from(notificationDeliveries)
        .where(
          and(eq(notificationDeliveries.targetId, targetId), eq(notificationDeliveries.state, "waiting")),
        )
        .groupBy(notificationDeliveries.receiverId),
      orm
        .select({
          receiverId: notificationDeliveries.receiverId,
          sentAt: max(notificationDeliveries.endedAt),
        })
        .from(notificationDeliveries)
        .where(and(eq(notificationDeliveries.targetId, targetId), eq(notificationDeliveries.state, "sent")))
        .groupBy(notificationDeliveries.receiverId),
      // Of its own: the newest of a quiet receiver may be older than all that the log shows.
      orm
        .selectDistinctOn([notificationDeliveries.receiverId])
        .from(notificationDeliveries)
        .where(and(eq(notificationDeliveries.targetId, targetId), gt(notificationDeliveries.tries, 0)))
        .orderBy(notificationDeliveries.receiverId, desc(notificationDeliveries.id)),
    ]);
    const nameOf = new Map(receivers.map(({ id, name }) => [id, name]));
    return {
      receivers: receivers.map(({ id, name, kind, shown }) => {
        const newest = tried.find(({ receiverId }) => receiverId === id);
        return {
          id,
          name,
          kind,
          shown,
          rules: rules.filter(({ receiverId }) => receiverId === id).length,
          waiting: waiting.find(({ receiverId }) => receiverId === id)?.waiting ?? 0,
          last: newest && {
            state: newest.state,
            at: (newest.endedAt ?? newest.nextAt).toISOString(),
            answer: newest.answer ?? undefined,
          },
        };
      }),
      rules: rules
        .filter(({ namePrefix }) => isSeen(namePrefix))
        .map(({ id, events, namePrefix, filters, timing, receiverId, isOn }) => ({
          id,
          events: events as EventKind[],
          namePrefix,
          filters: filters as RuleFilters,
          timing: timing as RuleTiming,
          receiverId,
          isOn,
          lastSentAt: lastByReceiver.find((row) => row.receiverId === receiverId)?.sentAt?.toISOString(),
        })),
      deliveries: deliveries
        .slice(0, SHOWN_DELIVERIES)
        .filter(({ event }) => namesOf(event as ConsoleEvent).every(isSeen))
        .map((row) => {
          const { title, link } = messageOf(row.event as ConsoleEvent, { consoleUrl: "", label });
          return {
            id: row.id,
            receiverName: nameOf.get(row.receiverId) ?? "",
            title,
            link,
            state: row.state,
            tries: row.tries,
            at: row.createdAt.toISOString(),
            nextAt: row.state === "waiting" || row.state === "held" ? row.nextAt.toISOString() : undefined,
            tookMs: row.tookMs ?? undefined,
            answer: row.answer ?? undefined,
          };
        }),
      isCut: deliveries.length > SHOWN_DELIVERIES,
      source:
        ctx.settings.history.ratePerSecond === 0 ? "off" : ctx.target.buildEventsQueueUrl ? "queue" : "sync",
      timeZone: ctx.settings.history.timeZone,
      canSendMail: ctx.settings.notifications.smtpUrl !== undefined,
    };
  },
);

/** Test messages, and those about names that the actor may see: before the newest are taken, not after. */
function seenDeliveries({ actor, target }: UseCaseContext): SQL | undefined {
  const prefixes = actor.grants
    .filter((grant) => permits({ ...actor, grants: [grant] }, "list-notifications", target.id))
    .map(({ namePrefix = "" }) => namePrefix);
  const name = sql`${notificationDeliveries.imageName}`;
  return or(
    eq(notificationDeliveries.imageName, ""),
    ...prefixes.map((prefix) => namedSoInSql(name, prefix)),
  );
}
