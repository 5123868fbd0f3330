import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/** What a pipeline had made when its clean-up began. `lib/fleet/clean-up` alone touches it. */
export const cleanUps = pgTable(
  "clean_ups",
  {
    targetId: text("target_id").notNull(),
    pipeline: text("pipeline").notNull(),
    /** `Made`. */
    made: jsonb("made").notNull(),
    startedAt: instant("started_at").notNull(),
    startedBy: text("started_by").notNull(),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.pipeline] })],
);
