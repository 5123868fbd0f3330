import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/** What runs or would start in each Region of a target, as AWS last told of it. `lib/fleet/groups` alone touches it. */
export const fleetInventories = pgTable(
  "fleet_inventories",
  {
    targetId: text("target_id").notNull(),
    /** A target may be changed to lead to another account. */
    accountId: text("account_id").notNull(),
    region: text("region").notNull(),
    /** `KeptSources`. Of everybody: grants are held against it when it is read. */
    sources: jsonb("sources").notNull(),
    /** When the last reading began, also where parts of it failed. */
    readAt: instant("read_at").notNull(),
    /** When some replica last began to read it because it was old. */
    claimedAt: instant("claimed_at").notNull(),
    viewedAt: instant("viewed_at").notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.targetId, row.accountId, row.region] }),
    index("fleet_inventories_viewed").on(row.viewedAt),
  ],
);
