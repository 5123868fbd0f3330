import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/** Instance refreshes that people started here, written before AWS is asked. `lib/fleet/roll-outs` alone touches it. */
export const rollOuts = pgTable(
  "roll_outs",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    region: text("region").notNull(),
    groupName: text("group_name").notNull(),
    startedAt: instant("started_at").notNull(),
    startedById: text("started_by_id").notNull(),
    startedBy: text("started_by").notNull(),
    /** What the group started instances with, and what it is to start them with: `RecordedStart`. */
    before: jsonb("before").notNull(),
    after: jsonb("after").notNull(),
    preferences: jsonb("preferences").notNull(),
    /** What the group followed before it was set to a number; null where it was not. */
    pinned: text("pinned"),
    /** IDs of the instances that it began with. */
    instances: jsonb("instances").notNull(),
    /** Names of images that grants are held against; "" for an AMI that no build made. */
    imageNames: jsonb("image_names").notNull(),
    /** Null until AWS answered. */
    refreshId: text("refresh_id"),
    /** The roll-out that this one continues or returns from. */
    relatedId: uuid("related_id"),
    relation: text("relation", { enum: ["continues", "returns"] }),
    /** AWS's word when it was last looked at; `Starting` and `Not started` are ours. */
    status: text("status").notNull(),
    percentage: integer("percentage").notNull(),
    reason: text("reason"),
    /** The checkpoint that it was last seen at, in percent, and since when. */
    checkpoint: integer("checkpoint"),
    checkpointAt: instant("checkpoint_at"),
    endedAt: instant("ended_at"),
  },
  (row) => [
    index("roll_outs_target").on(row.targetId, row.startedAt),
    // Two people cannot roll out to one group at a time.
    uniqueIndex("roll_outs_active").on(row.targetId, row.region, row.groupName).where(sql`ended_at is null`),
  ],
);
