import "server-only";
import { eq } from "drizzle-orm";
import { countDone } from "@/lib/audit/find-audit-rows";
import { ConsoleFailure } from "@/lib/core/failure";
import { HOUR_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { notificationReceivers, notificationRules } from "@/lib/db/notification-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** More than a team keeps an eye on, in all accounts together: each event is held against every rule. */
export const MOST_RECEIVERS = 100;
export const MOST_RULES = 500;
/** Test messages of one person within an hour: they go to whom the person names. */
export const MOST_TESTS = 100;

const LIMITS = {
  receivers: { table: notificationReceivers, most: MOST_RECEIVERS, words: "receivers" },
  rules: { table: notificationRules, most: MOST_RULES, words: "notification rules" },
} as const;

/** Throws `conflict` when the actor has created as many as one person may have. */
export async function requireRoomFor(
  { actor }: UseCaseContext,
  orm: Orm,
  what: keyof typeof LIMITS,
): Promise<void> {
  const { table, most, words } = LIMITS[what];
  if ((await orm.$count(table, eq(table.createdById, actor.id))) < most) return;
  throw new ConsoleFailure({
    code: "conflict",
    message: `You have created ${most} ${words} that exist. Delete one to create another.`,
  });
}

/** Throws `too-many-requests` when the actor has sent as many test messages as one person may within an hour. */
export async function requireTestsLeft({ actor, clock, database }: UseCaseContext): Promise<void> {
  const after = new Date(clock.now() - HOUR_MS);
  const sent = await countDone(await database(), { actorId: actor.id, action: "test-receiver", after });
  if (sent < MOST_TESTS) return;
  throw new ConsoleFailure({
    code: "too-many-requests",
    message: `You have sent ${MOST_TESTS} test messages within an hour. Try again later.`,
  });
}
