import "server-only";
import { and, asc, desc, eq, lt, lte, notInArray } from "drizzle-orm";
import { systemClock } from "@/lib/core/clock";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import type { Database, DatabaseLocks, Orm } from "@/lib/db/database";
import { keepLocks } from "@/lib/db/keep-locks";
import { notificationDeliveries, notificationReceivers } from "@/lib/db/notification-schema";
import type { Runtime } from "@/lib/use-case/runtime";
import { openAddressSealer } from "./address-sealer";
import { messageOf } from "./messages";
import { releaseHeld } from "./release-held";
import { sendMessage } from "./send-message";
import type { ConsoleEvent, ReceiverAddress, SlackMessage, Try } from "./types";

const LOOK_EVERY_MS = 1_000;
const REST_AFTER_FAILURE_MS = 10_000;
const AT_ONCE = 32;
const FIRST_RETRY_MS = 30_000;
const GIVE_UP_AFTER_MS = DAY_MS;
const KEEP_MS = 30 * DAY_MS;

const CONSOLE = { id: "goldsmith" };
type SenderRuntime = Pick<Runtime, "config" | "clock" | "aws">;
type DueDelivery = {
  delivery: typeof notificationDeliveries.$inferSelect;
  receiver: typeof notificationReceivers.$inferSelect;
};

/** Sends what is in the outbox, as the one process of several that holds the lock; another takes over when it dies. */
export const startNotificationSender = (runtime: Runtime): { stop(): Promise<void> } =>
  keepLocks(
    () => runtime.database(),
    { waiting: "notifications wait for the database", restMs: REST_AFTER_FAILURE_MS },
    ({ database, locks }, stopping) => sendWhileLocked(runtime, database, locks, stopping),
  );

async function sendWhileLocked(
  runtime: Runtime,
  database: Database,
  locks: DatabaseLocks,
  stopping: AbortSignal,
): Promise<void> {
  let forgetAt = 0;
  while (!stopping.aborted) {
    await locks.check();
    const sent = (await locks.tryLock("notifications")) ? await sendDue(runtime, database) : 0;
    const now = runtime.clock.now();
    if (now >= forgetAt) {
      forgetAt = now + HOUR_MS;
      await forgetOld(database, new Date(now - KEEP_MS));
    }
    if (sent === 0) await systemClock.sleep(LOOK_EVERY_MS, stopping);
  }
}

/**
 * Tries what is due: of each receiver only the oldest that waits, so that its messages keep their order. Returns how
 * many were tried. A process that dies between a receiver's answer and its record sends again, under the same id.
 */
export async function sendDue(
  runtime: SenderRuntime,
  { jobOrm: orm }: Pick<Database, "jobOrm">,
): Promise<number> {
  const now = new Date(runtime.clock.now());
  await releaseHeld(orm, now);
  const oldest = orm
    .selectDistinctOn([notificationDeliveries.receiverId], {
      id: notificationDeliveries.id,
      nextAt: notificationDeliveries.nextAt,
    })
    .from(notificationDeliveries)
    .where(eq(notificationDeliveries.state, "waiting"))
    .orderBy(notificationDeliveries.receiverId, asc(notificationDeliveries.id))
    .as("oldest");
  const due: DueDelivery[] = await orm
    .select({ delivery: notificationDeliveries, receiver: notificationReceivers })
    .from(oldest)
    .innerJoin(notificationDeliveries, eq(notificationDeliveries.id, oldest.id))
    .innerJoin(notificationReceivers, eq(notificationReceivers.id, notificationDeliveries.receiverId))
    .where(lte(oldest.nextAt, now))
    .limit(AT_ONCE);
  await Promise.all(
    due.map(async ({ delivery, receiver }) => {
      const startedAt = runtime.clock.now();
      const outcome = await tryDelivery(runtime, orm, { delivery, receiver });
      const endedAt = runtime.clock.now();
      await orm
        .update(notificationDeliveries)
        .set({
          ...afterTry(delivery, outcome, endedAt),
          tookMs: endedAt - startedAt,
          thread: threadOf(delivery.event as ConsoleEvent),
          ...(outcome.remote && { remote: outcome.remote }),
        })
        .where(eq(notificationDeliveries.id, delivery.id));
    }),
  );
  return due.length;
}

async function tryDelivery(
  { config, clock, aws }: SenderRuntime,
  orm: Orm,
  { delivery, receiver }: DueDelivery,
): Promise<Try> {
  const address = await openAddressSealer(config).unseal(receiver.sealed);
  if (address === undefined)
    return {
      state: "failed",
      answer: "The address cannot be decrypted: GOLDSMITH_SECRET has changed. Enter it again.",
    };
  const target = config.targets.find(({ id }) => id === delivery.targetId);
  return sendMessage(
    { kind: receiver.kind, address: JSON.parse(address) as ReceiverAddress },
    {
      event: delivery.event as ConsoleEvent,
      messageId: delivery.messageId,
      label: target?.label ?? delivery.targetId,
      at: new Date(clock.now()),
    },
    config.notifications,
    {
      aws: target && receiver.kind === "sns" ? aws.open(target, CONSOLE) : undefined,
      before: receiver.kind === "slack-bot" ? await slackMessageBefore(orm, delivery) : undefined,
    },
  );
}

/** What was sent last about the same, where it is still open: a recovery ends it. */
async function slackMessageBefore(
  orm: Orm,
  { id, receiverId, event }: DueDelivery["delivery"],
): Promise<SlackMessage | undefined> {
  const [before] = await orm
    .select({ remote: notificationDeliveries.remote })
    .from(notificationDeliveries)
    .where(
      and(
        eq(notificationDeliveries.receiverId, receiverId),
        eq(notificationDeliveries.thread, threadOf(event as ConsoleEvent)),
        eq(notificationDeliveries.state, "sent"),
        lt(notificationDeliveries.id, id),
      ),
    )
    .orderBy(desc(notificationDeliveries.id))
    .limit(1);
  const remote = before?.remote as SlackMessage | null | undefined;
  return remote?.isOpen ? remote : undefined;
}

const threadOf = (event: ConsoleEvent) => messageOf(event, { consoleUrl: "", label: "" }).thread;

/** What a try makes of a delivery: 30 s, 1 min, 2 min … at most an hour between tries, for a day. */
function afterTry(
  { tries, createdAt }: typeof notificationDeliveries.$inferSelect,
  { state, answer }: Try,
  now: number,
): Partial<typeof notificationDeliveries.$inferInsert> {
  const done = { tries: tries + 1, answer };
  if (state === "sent") return { ...done, state: "sent", endedAt: new Date(now) };
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** tries, 60 * MINUTE_MS);
  if (state === "gone" || now + waitMs - createdAt.getTime() > GIVE_UP_AFTER_MS)
    return { ...done, state: "dead", endedAt: new Date(now) };
  return { ...done, nextAt: new Date(now + waitMs) };
}

async function forgetOld({ jobOrm: orm }: Database, before: Date): Promise<void> {
  await orm
    .delete(notificationDeliveries)
    .where(
      and(
        notInArray(notificationDeliveries.state, ["waiting", "held"]),
        lt(notificationDeliveries.createdAt, before),
      ),
    );
}
