import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
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
    /** The roll-out of several groups that this one is a part of. */
    seriesId: uuid("series_id"),
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
    index("roll_outs_series").on(row.seriesId),
    // Two people cannot roll out to one group at a time.
    uniqueIndex("roll_outs_active").on(row.targetId, row.region, row.groupName).where(sql`ended_at is null`),
  ],
);

/** Roll-outs to several groups in order. */
export const rollOutSeries = pgTable(
  "roll_out_series",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    startedAt: instant("started_at").notNull(),
    startedById: text("started_by_id").notNull(),
    startedBy: text("started_by").notNull(),
    /** What the identity provider last said of who started it, as JSON text; null for a token or without sign-in. */
    starterClaims: text("starter_claims"),
    starterSeenAt: instant("starter_seen_at").notNull(),
    endedAt: instant("ended_at"),
    /** Who ended it before all groups were done; null where nobody did. */
    endedBy: text("ended_by"),
  },
  (row) => [index("roll_out_series_target").on(row.targetId, row.startedAt)],
);

/** The groups of such a roll-out, from 0. Where a group stands is read from its newest row in `roll_outs`. */
export const rollOutSeriesParts = pgTable(
  "roll_out_series_parts",
  {
    seriesId: uuid("series_id").notNull(),
    position: integer("position").notNull(),
    targetId: text("target_id").notNull(),
    region: text("region").notNull(),
    groupName: text("group_name").notNull(),
    /** `RollOutChoice`, and what else a start takes. */
    choice: jsonb("choice").notNull(),
    isPinned: boolean("is_pinned").notNull(),
    preferences: jsonb("preferences").notNull(),
    imageNames: jsonb("image_names").notNull(),
    /** `Gate`: what must be before this group is started. */
    gate: jsonb("gate").notNull(),
    /** The ID of its latest roll-out, written before that is begun; null until then. */
    rollOutId: uuid("roll_out_id"),
    claimedAt: instant("claimed_at"),
    /** Who let it be started; null with `claimedAt` where the gate opened by itself. */
    claimedBy: text("claimed_by"),
    /** Why its start was refused. */
    startError: text("start_error"),
    /** When it was first seen to have succeeded: the next gate's time runs from then. */
    succeededAt: instant("succeeded_at"),
    /** Why its gate does not open by itself anymore. */
    heldBecause: text("held_because"),
    /** When people were told that its gate waits for one of them. */
    toldAt: instant("told_at"),
    skippedAt: instant("skipped_at"),
    skippedBy: text("skipped_by"),
    endedAt: instant("ended_at"),
  },
  (row) => [
    primaryKey({ columns: [row.seriesId, row.position] }),
    // Two people cannot plan two for one group.
    uniqueIndex("roll_out_series_group")
      .on(row.targetId, row.region, row.groupName)
      .where(sql`ended_at is null`),
  ],
);
