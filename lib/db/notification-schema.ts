import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/** Where messages go. `lib/notifications` alone touches this table and those below. */
export const notificationReceivers = pgTable(
  "notification_receivers",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    name: text("name").notNull(),
    kind: text("kind", {
      enum: ["slack", "slack-bot", "teams", "webhook", "email", "sns", "pagerduty"],
    }).notNull(),
    /** The address and its secrets as JSON, encrypted: never shown again. */
    sealed: text("sealed").notNull(),
    /** What may be shown of the address, such as its host. */
    shown: text("shown").notNull(),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    /** Who that was, for limits; null for rows from before there were any. */
    createdById: text("created_by_id"),
  },
  (row) => [uniqueIndex("notification_receivers_name").on(row.targetId, row.name)],
);

/** Which events of which images are sent to whom. */
export const notificationRules = pgTable(
  "notification_rules",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    events: jsonb("events").$type<string[]>().notNull(),
    /** Images whose names begin so; empty for all. */
    namePrefix: text("name_prefix").notNull(),
    receiverId: uuid("receiver_id")
      .notNull()
      .references(() => notificationReceivers.id, { onDelete: "cascade" }),
    /** See `RuleFilters` and `RuleTiming` of lib/notifications. */
    filters: jsonb("filters").notNull().default({ tags: [], severities: [] }),
    timing: jsonb("timing").notNull().default({ cadence: "at-once", dailyAt: "09:00", timeZone: "UTC" }),
    isOn: boolean("is_on").notNull(),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    /** Who that was, for limits; null for rows from before there were any. */
    createdById: text("created_by_id"),
  },
  (row) => [index("notification_rules_target").on(row.targetId)],
);

/** The outbox: what is to be sent and what was, written with what caused it. */
export const notificationDeliveries = pgTable(
  "notification_deliveries",
  {
    /** Order in which a receiver gets them. */
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** What the receiver may tell repeats by. */
    messageId: uuid("message_id").notNull(),
    targetId: text("target_id").notNull(),
    receiverId: uuid("receiver_id")
      .notNull()
      .references(() => notificationReceivers.id, { onDelete: "cascade" }),
    /** The same for the same event, so that it is written once. */
    eventKey: text("event_key").notNull(),
    event: jsonb("event").notNull(),
    /** Name that grants are held against. */
    imageName: text("image_name").notNull(),
    /** `held` until `next_at`, to be sent together with others; `merged` into the message that was made of them. */
    state: text("state", { enum: ["held", "merged", "waiting", "sent", "dead"] }).notNull(),
    tries: integer("tries").notNull(),
    nextAt: instant("next_at").notNull(),
    /** The same for all messages about one pipeline, image or roll-out; null before the first try. */
    thread: text("thread"),
    /** Where the receiver keeps it, so that it can be updated: `SlackMessage` of lib/notifications. */
    remote: jsonb("remote"),
    /** What the receiver answered last. */
    answer: text("answer"),
    tookMs: integer("took_ms"),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (row) => [
    uniqueIndex("notification_deliveries_event").on(row.receiverId, row.eventKey),
    index("notification_deliveries_waiting").on(row.receiverId, row.id).where(sql`state = 'waiting'`),
    index("notification_deliveries_held").on(row.receiverId, row.id).where(sql`state = 'held'`),
    index("notification_deliveries_target").on(row.targetId, row.id),
  ],
);
