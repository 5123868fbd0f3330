import { sql } from "drizzle-orm";
import { pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/** With whom an AMI was shared before it was disabled, since AWS forgets it then. `lib/fleet/amis` alone touches it. */
export const amiSharings = pgTable(
  "ami_sharings",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    region: text("region").notNull(),
    amiId: text("ami_id").notNull(),
    /** `AmiHolders`. */
    holders: jsonb("holders").notNull(),
    keptAt: instant("kept_at").notNull(),
    keptBy: text("kept_by").notNull(),
    /** When it was given back, or shared anew; null while it waits for that. */
    endedAt: instant("ended_at"),
  },
  (row) => [
    uniqueIndex("ami_sharings_open").on(row.targetId, row.region, row.amiId).where(sql`ended_at is null`),
  ],
);
