import { sql } from "drizzle-orm";
import { boolean, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/** Instances that people move to another zone or Region, step by step. `lib/fleet/moves` alone touches it. */
export const instanceMoves = pgTable(
  "instance_moves",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    region: text("region").notNull(),
    instanceId: text("instance_id").notNull(),
    startedAt: instant("started_at").notNull(),
    startedById: text("started_by_id").notNull(),
    startedBy: text("started_by").notNull(),
    /** `MoveDestination` */
    destination: jsonb("destination").notNull(),
    reboot: boolean("reboot").notNull(),
    /** The image that grants are held against; "" for an AMI that no build made. */
    imageName: text("image_name").notNull(),
    /** Each attempt has a name or a client token of its own, so that none is made twice. */
    amiAttempt: integer("ami_attempt").notNull(),
    amiId: text("ami_id"),
    copyAttempt: integer("copy_attempt").notNull(),
    copyId: text("copy_id"),
    launchAttempt: integer("launch_attempt").notNull(),
    newInstanceId: text("new_instance_id"),
    /** When the last of them was made: AWS may not show it at once. */
    madeAt: instant("made_at"),
    stoppedAt: instant("stopped_at"),
    endedAt: instant("ended_at"),
    endedBy: text("ended_by"),
  },
  (row) => [
    // Two people cannot move one instance at a time.
    uniqueIndex("instance_moves_open")
      .on(row.targetId, row.region, row.instanceId)
      .where(sql`ended_at is null`),
  ],
);
