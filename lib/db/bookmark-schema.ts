import { boolean, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./schema";

/** What somebody starred. `lib/bookmarks` alone touches this table and the next. */
export const favorites = pgTable(
  "favorites",
  {
    targetId: text("target_id").notNull(),
    actorId: text("actor_id").notNull(),
    kind: text("kind").notNull(),
    /** As AWS writes it into an ARN: names that become the same are one resource. */
    name: text("name").notNull(),
    /** As it was shown when it was starred. */
    label: text("label").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.actorId, row.kind, row.name] })],
);

/** Filters, sort and columns of a list under a name, for the person who saved them or for the whole target. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    isShared: boolean("is_shared").notNull(),
    /** Which list: its path within the target. */
    list: text("list").notNull(),
    name: text("name").notNull(),
    /** The part of the address after the question mark. */
    query: text("query").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (row) => [index("saved_views_list").on(row.targetId, row.list)],
);
